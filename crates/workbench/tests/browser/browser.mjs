// A browser for the tests, and the workbenches that they look at: one that nobody writes to, and one to judge in.

import assert from "node:assert/strict";
import { after } from "node:test";
import { chromium } from "playwright-core";

export const reading = process.env.CHANCERY_READING;
export const writing = process.env.CHANCERY_WRITING;

const browser = await chromium.launch({ executablePath: process.env.CHANCERY_CHROMIUM, args: ["--no-sandbox"] });
after(() => browser.close());

/** A page of somebody new. What fails in it, or is asked for elsewhere, fails the test. */
export async function visit(test, baseURL, options = {}) {
  const context = await browser.newContext({ baseURL, ...options });
  const faults = [];
  context.on("request", (request) => {
    if (!request.url().startsWith(baseURL) && !/^(blob|data):/.test(request.url())) faults.push(`asked for ${request.url()}`);
  });
  context.on("weberror", (error) => faults.push(String(error.error())));
  context.on("console", (message) => {
    // An answer that refuses is told on the console, too; the tests look at the answer.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) faults.push(message.text());
  });
  test.after(async () => {
    await context.close();
    assert.deepEqual(faults, []);
  });
  const page = await context.newPage();
  // Long enough for a machine that does other things, too.
  page.setDefaultTimeout(30_000);
  return page;
}

/** The addresses of all kinds of pages: those that the head names, and one of each that it does not. */
export async function pages(page) {
  const views = await page.goto("/").then(() => page.locator("header nav a").evaluateAll((links) => links.map((link) => link.getAttribute("href"))));
  const { rows } = await (await page.request.get("/api/v1/claims?category=assault&stories=2&limit=1")).json();
  const [{ claim, event, report }] = rows;
  return [
    ...views,
    `/events/${event}`,
    `/reports/${report}`,
    `/reports/${report}?claim=${claim}`,
    "/reports?words=truce",
    "/events?category=assault&stories=2",
    "/claims?country=NZL",
    "/verdicts?orphaned=yes",
    "/nowhere",
  ];
}
