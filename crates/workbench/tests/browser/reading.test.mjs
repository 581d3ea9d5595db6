// The reading page: pointing at a claim lights its words, pointing at words tells what was made of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { reading, visit } from "./browser.mjs";

/** Opens a report that says who assaulted somebody; the claim. */
async function report(page, lit = "") {
  const { rows } = await (await page.request.get("/api/v1/claims?category=assault&stories=2")).json();
  const claim = rows.find(({ actors }) => actors !== null);
  await page.goto(`/reports/${claim.report}${lit && `?claim=${claim.claim}`}`);
  return claim;
}

test("a claim lights its words by role, as long as somebody points at it", async (t) => {
  const page = await visit(t, reading);
  const { claim, told } = await report(page);
  assert.equal(await page.locator("article [data-lit]").count(), 0);
  await page.locator("li[data-claim]", { has: page.locator(`[href^="?claim=${claim}"]`) }).hover();
  const words = await page.locator('article [data-lit="told"]').allTextContents();
  assert.equal(words.join(""), told);
  assert.ok((await page.locator('article [data-lit="actor"]').count()) > 0);
  await page.locator("header").hover();
  assert.equal(await page.locator("article [data-lit]").count(), 0);
});

test("a claim that was clicked stays lit", async (t) => {
  const page = await visit(t, reading);
  await report(page);
  const claim = page.locator("li[data-claim]").first();
  await claim.locator("[data-show]").click();
  await page.locator("header").hover();
  assert.ok((await page.locator('article [data-lit="told"]').count()) > 0);
  assert.equal(await page.locator("li[data-held]").count(), 1);
});

test("words tell what was made of them", async (t) => {
  const page = await visit(t, reading);
  await report(page);
  const words = page.locator("article [data-notes][data-roles]").first();
  await words.hover();
  const pointed = page.locator("#pointed");
  assert.ok(await pointed.isVisible());
  assert.match(await pointed.innerText(), / of [A-Z]+/);
});

test("claims and words are reached by keys alone", async (t) => {
  const page = await visit(t, reading);
  await report(page);
  await page.keyboard.press("j");
  const first = await page.locator("li[data-held]").getAttribute("data-claim");
  await page.keyboard.press("j");
  assert.notEqual(await page.locator("li[data-held]").getAttribute("data-claim"), first);
  await page.keyboard.press("k");
  assert.equal(await page.locator("li[data-held]").getAttribute("data-claim"), first);
  await page.keyboard.press("w");
  assert.ok(await page.locator("#pointed").isVisible());
  const told = await page.locator("#pointed").innerText();
  await page.keyboard.press("w");
  assert.notEqual(await page.locator("#pointed").innerText(), told);
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#pointed").isHidden());
});

test("without scripts a link lights the claim", async (t) => {
  const page = await visit(t, reading, { javaScriptEnabled: false });
  const { told } = await report(page, "lit");
  assert.equal((await page.locator('article [data-lit="told"]').allTextContents()).join(""), told);
  const other = page.locator("li[data-claim]:not([data-held]) [data-show]").first();
  await other.click();
  assert.ok((await page.locator('article [data-lit="told"]').count()) > 0);
});
