// What holds for all views: conditions stand in the address, what is shown can be handed on, narrow screens, dark mode,
// keys, print.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { pages, reading, visit } from "./browser.mjs";

test("conditions stand in the address, and nothing else", async (t) => {
  const page = await visit(t, reading);
  await page.goto("/events");
  const all = await page.locator(".turning").first().innerText();
  await page.getByText("Narrow the view").click();
  await page.getByLabel("Category").selectOption("ASSAULT");
  await page.getByLabel("Stories, at least").fill("2");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/\?/);
  assert.equal(new URL(page.url()).search, "?category=ASSAULT&stories=2");
  const shown = await page.locator("main").innerText();
  assert.notEqual(await page.locator(".turning").first().innerText(), all);
  assert.deepEqual(new Set(await page.locator("tbody .category").allInnerTexts()), new Set(["ASSAULT"]));
  const colleague = await visit(t, reading);
  await colleague.goto(page.url());
  assert.equal(await colleague.locator("main").innerText(), shown);
  await page.getByRole("link", { name: "Claims", exact: true }).click();
  assert.equal(new URL(page.url()).search, "?category=ASSAULT&stories=2");
  await page.getByRole("link", { name: /category ASSAULT/ }).click();
  assert.equal(new URL(page.url()).search, "?stories=2");
});

test("what a view shows is handed on", async (t) => {
  const page = await visit(t, reading);
  await page.goto("/events?category=assault");
  const rows = await page.locator("tbody tr").count();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).click()]);
  assert.equal(download.suggestedFilename(), "events.csv");
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\n");
  assert.equal(lines.length, rows + 1);
  assert.ok(lines[0].startsWith("event,from,to,category"));
  assert.ok(lines.slice(1).every((line) => line.includes("ASSAULT")));
});

test("no page is wider than a screen of 320 pixels", async (t) => {
  const page = await visit(t, reading, { viewport: { width: 320, height: 640 } });
  const wide = [];
  for (const address of await pages(page)) {
    await page.goto(address);
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 320) wide.push(`${address}: ${width}`);
  }
  assert.deepEqual(wide, []);
});

test("dark mode is dark", async (t) => {
  const page = await visit(t, reading, { colorScheme: "dark" });
  for (const address of await pages(page)) {
    await page.goto(address);
    const [paper, ink] = await page.evaluate(() => {
      const style = getComputedStyle(document.body);
      const brightness = (colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
      return [brightness(style.backgroundColor), brightness(style.color)];
    });
    assert.ok(paper < 150 && ink > 600, address);
  }
});

test("keys reach all that can be followed, and one sees where one is", async (t) => {
  const page = await visit(t, reading);
  for (const address of await pages(page)) {
    await page.goto(address);
    await page.keyboard.press("Tab");
    const skip = page.locator(".skip");
    assert.ok(await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().left >= 0), address);
    await page.keyboard.press("Enter");
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const active = document.activeElement;
        if (active === null || active.matches("body, .skip")) return "end";
        const seen = getComputedStyle(active).outlineStyle !== "none";
        return seen ? active.closest("main, footer, header").tagName : `unseen: ${active.outerHTML.slice(0, 120)}`;
      });
      if (at === "end") break;
      // The first step leads past the head.
      assert.ok(step === 0 ? at === "MAIN" || at === "FOOTER" : !at.startsWith("unseen"), `${address}: ${at}`);
    }
  }
});

test("the brief prints as a document", async (t) => {
  const page = await visit(t, reading);
  await page.goto("/");
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  assert.ok(await page.locator("header nav").isHidden());
  assert.ok(await page.locator(".narrowing").isHidden());
  const source = page.locator(".chain li").first();
  assert.ok(await source.evaluate((item) => item.getBoundingClientRect().height > 0), "sources stand under each line");
  const printed = await page.pdf({ format: "A4" });
  assert.ok(printed.length > 10_000);
});
