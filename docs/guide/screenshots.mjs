// The pictures of the guide; `screenshots.sh` starts the demo and calls this.

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
const { chromium } = createRequire(folder("../../crates/workbench/tests/browser/package.json"))("playwright-core");
const executablePath = process.env.CHANCERY_CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({ baseURL: process.env.CHANCERY_DEMO, viewport: { width: 1000, height: 560 } });
const page = await context.newPage();

const rows = async (address) => (await (await page.request.get(`/api/v1${address}`)).json()).rows;

/** Opens a page, does something there, and keeps the picture. */
async function keep(name, address, work = async () => {}) {
  await page.goto(address);
  await work();
  await page.screenshot({ path: folder(`${name}.png`) });
  console.log(`${name}.png shows ${address}`);
}

const tolls = await rows("/tolls?stories=3");
const [claim] = (await rows("/claims?category=assault&stories=2")).filter(({ actors }) => actors !== null);

await keep("brief", "/", () => page.locator(".chain summary").first().click());
await keep("reading", `/reports/${claim.report}?claim=${claim.claim}`);
await keep("event", `/events/${tolls[0].event}`);
await keep("review", `/review?claim=${claim.claim}`);
await keep("commitments", "/commitments");
await keep("timeline", "/timeline");
await keep("map", "/map");
await browser.close();
