// A headless Chromium for the tests: collects what must not happen (console errors, requests to other hosts) and finds
// elements by what a person sees. The driver comes from the page's own packages; no browser is downloaded.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const puppeteer = require('puppeteer-core');
const { source: axeSource } = require('axe-core');

export const VIEWPORT = { width: 1366, height: 768 };
const WAIT_MS = 20_000;

export async function startBrowser() {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--lang=zh-CN'],
    defaultViewport: VIEWPORT,
  });
}

// A page in a profile of its own, with the troubles it has met.
export async function openPage(browser, base) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A refused request is told by Chromium itself; flows that provoke one say so by `expectStatus`.
    const status = /status of (\d+)/.exec(message.text())?.[1];
    if (status && page.expectedStatuses.has(status)) return;
    if (page.expectedMessage?.test(message.text())) return;
    if (message.type() === 'error' || message.type() === 'warn') troubles.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !url.startsWith('data:') && !url.startsWith('blob:') && url !== 'about:blank') {
      troubles.push(`foreign request: ${url}`);
    }
  });
  page.troubles = troubles;
  page.expectedStatuses = new Set();
  page.goTo = async (fragment) => {
    await page.goto(`${base}/${fragment}`);
    // A new fragment alone is no navigation; the page follows it by itself.
    await page.waitForSelector('.header, .entrance');
  };
  page.done = () => context.close();
  return page;
}

// The first visible element whose accessible text contains `text`.
export async function byText(page, selector, text) {
  const handle = await page.waitForFunction(
    (css, wanted) =>
      [...document.querySelectorAll(css)].find(
        (element) =>
          element.getClientRects().length > 0 &&
          `${element.textContent} ${element.getAttribute('aria-label') ?? ''}`.includes(wanted),
      ),
    {},
    selector,
    text,
  );
  return handle.asElement();
}

export async function clickText(page, selector, text) {
  const element = await byText(page, selector, text);
  await element.evaluate((node) => node.scrollIntoView({ block: 'center' }));
  await element.click();
}

export async function waitForText(page, text) {
  await page.waitForFunction((wanted) => document.body.textContent.includes(wanted), {}, text);
}

// Chooses files as a person would in the browser's dialogue.
export async function chooseFiles(page, paths, testId = 'files') {
  const input = await page.waitForSelector(`[data-testid="${testId}"]`);
  await input.uploadFile(...paths);
}

// Serious and critical findings of the accessibility checker, one line each.
export async function accessibilityFaults(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'],
    }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
