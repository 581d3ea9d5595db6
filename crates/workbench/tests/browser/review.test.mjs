// Review: claims are judged, corrected and taken back by keys; two analysts do not overwrite each other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit, writing } from "./browser.mjs";

/** How many claims are left. */
async function left(page) {
  return Number((await page.locator("main .lead").innerText()).split(" ")[0]);
}

const target = (page) => page.locator("form.verdict input[name=target]").inputValue();
const sign = (page, name) => page.locator("input[name=analyst]:visible").fill(name);
const recorded = (page) => page.locator(".done").waitFor();

/** Presses a key outside of all fields. */
async function key(page, name) {
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press(name);
}

test("claims are accepted, rejected, passed over and taken back by keys", async (t) => {
  const page = await visit(t, writing);
  await page.goto("/review?category=assault");
  const [before, first] = [await left(page), await target(page)];
  await sign(page, "Ada Ng");
  await key(page, "a");
  await recorded(page);
  assert.equal(await left(page), before - 1);
  assert.equal(new URL(page.url()).searchParams.get("category"), "assault");
  const second = await target(page);
  assert.notEqual(second, first);
  assert.equal(await page.locator("input[name=analyst]:visible").inputValue(), "Ada Ng");
  await page.locator("#correcting input[name=reason]").fill("a drill");
  await key(page, "r");
  await page.waitForFunction((number) => document.querySelector(".lead").innerText.startsWith(String(number)), before - 2);
  await key(page, "z");
  await page.waitForURL(/undone=/);
  assert.equal(await target(page), second);
  assert.equal(await left(page), before - 1);
  await key(page, "n");
  await page.waitForURL(/after=/);
  assert.notEqual(await target(page), second);
  await page.goto("/verdicts");
  const entries = await page.locator("tbody tr").allInnerTexts();
  assert.match(entries[0], /Ada Ng/);
  assert.match(entries[1], /taken back[\s\S]*a drill/);
});

test("a field is corrected by keys", async (t) => {
  const page = await visit(t, writing);
  await page.goto("/review?category=consult");
  const claim = await target(page);
  await sign(page, "Ben");
  await key(page, "c");
  await page.keyboard.type("status");
  await page.keyboard.press("Tab");
  await page.keyboard.type("negated");
  assert.equal(await page.locator("select[name=field]").inputValue(), "status");
  await page.keyboard.press("Enter");
  await recorded(page);
  const now = await (await page.request.get(`/api/v1/claims/${claim}`)).json();
  assert.equal(now.claim.status, "negated");
});

test("what is written in a field judges nothing", async (t) => {
  const page = await visit(t, writing);
  await page.goto("/review");
  await page.locator("#correcting input[name=reason]").pressSequentially("a raucous nurse");
  assert.equal(await page.locator("#correcting input[name=reason]").inputValue(), "a raucous nurse");
  assert.equal(new URL(page.url()).search, "");
});

test("of two analysts at once the later one is told", async (t) => {
  const [ada, ben] = [await visit(t, writing), await visit(t, writing)];
  await ada.goto("/review?category=request");
  const claim = await target(ada);
  await ben.goto(`/review?claim=${claim}`);
  await sign(ada, "Ada");
  await sign(ben, "Ben");
  await key(ada, "a");
  await recorded(ada);
  const [answer] = await Promise.all([ben.waitForResponse((response) => response.request().method() === "POST"), key(ben, "r")]);
  assert.equal(answer.status(), 409);
  await ben.getByRole("alert").waitFor();
  assert.match(await ben.getByRole("alert").innerText(), /accept by Ada/);
  await ben.goto(`/review?claim=${claim}`);
  await sign(ben, "Ben");
  await key(ben, "r");
  await recorded(ben);
});
