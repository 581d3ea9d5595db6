// Pictures are kept as SVG, as the server draws them, and as PNG, as the browser sees them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { reading, visit } from "./browser.mjs";

async function download(page, name) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
  return [file.suggestedFilename(), await readFile(await file.path())];
}

/** Addresses of pages with a picture. */
async function pictures(page) {
  const { rows } = await (await page.request.get("/api/v1/tolls?stories=2")).json();
  const events = rows.map(({ event }) => event);
  // One figure is no picture.
  const several = events.find((event, at) => events.indexOf(event) < at);
  return [["/timeline?country=CAF", "timeline"], ["/map", "map"], [`/events/${several}`, "tolls"]];
}

test("pictures are kept as SVG and PNG", async (t) => {
  const page = await visit(t, reading, { colorScheme: "dark" });
  for (const [address, name] of await pictures(page)) {
    await page.goto(address);
    const { width, height } = await page.locator("svg.picture").first().evaluate(({ viewBox }) => ({ width: viewBox.baseVal.width, height: viewBox.baseVal.height }));
    const [vector, drawing] = await download(page, "SVG");
    assert.equal(vector, `${name}.svg`);
    assert.ok(drawing.toString().startsWith("<svg"), address);
    const [raster, image] = await download(page, "PNG");
    assert.equal(raster, `${name}.png`);
    assert.deepEqual([...image.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    // Twice as many dots as the picture has units, so that it is sharp in print.
    assert.deepEqual([image.readUInt32BE(16), image.readUInt32BE(20)], [2 * Math.round(width), 2 * Math.round(height)]);
  }
});
