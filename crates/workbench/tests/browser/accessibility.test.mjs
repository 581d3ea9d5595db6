// axe-core finds nothing serious on any page, light or dark, wide or narrow.

import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { pages, reading, visit, writing } from "./browser.mjs";

/** What axe-core finds, in words; what is merely a recommendation is left out. */
async function faults(page, rules = []) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (rules) => globalThis.axe.run(document, { resultTypes: ["violations"], ...(rules.length > 0 && { runOnly: rules }) }),
    rules,
  );
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.map(({ id, nodes }) => `${page.url()}: ${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 150)).join(" | ")}`);
}

// Contrast is all that changes in the dark; on a narrow screen, what is put where.
for (const [kind, options, rules] of [
  ["wide and light", {}, []],
  ["dark", { colorScheme: "dark" }, ["color-contrast", "link-in-text-block"]],
  ["narrow", { viewport: { width: 320, height: 640 } }, ["scrollable-region-focusable", "target-size", "color-contrast"]],
]) {
  test(`every page can be read by a screen reader and in spite of weak eyes: ${kind}`, async (t) => {
    const page = await visit(t, reading, options);
    const found = [];
    for (const address of await pages(page)) {
      await page.goto(address);
      found.push(...(await faults(page, rules)));
    }
    assert.deepEqual(found, []);
  });
}

test("a page has one heading of the first rank, and none is left out below it", async (t) => {
  const page = await visit(t, reading);
  for (const address of await pages(page)) {
    await page.goto(address);
    const ranks = await page.locator("h1, h2, h3, h4").evaluateAll((all) => all.map((one) => Number(one.tagName[1])));
    assert.equal(ranks.filter((rank) => rank === 1).length, 1, address);
    assert.ok(ranks.every((rank, at) => rank <= (at === 0 ? 1 : ranks[at - 1] + 1)), `${address}: ${ranks}`);
    const unnamed = await page.locator("table:not(:has(> caption)):not([aria-label]):not([aria-labelledby])").count();
    assert.equal(unnamed, 0, `${address}: a table without a caption`);
  }
});

test("what was just judged can be read by a screen reader", async (t) => {
  const page = await visit(t, writing);
  await page.goto("/review?category=agree");
  await page.locator("input[name=analyst]:visible").fill("Cleo");
  await page.getByRole("button", { name: "Unsure" }).click();
  await page.locator(".done").waitFor();
  assert.deepEqual(await faults(page), []);
});
