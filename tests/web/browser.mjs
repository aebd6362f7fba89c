// A headless Chromium for the tests: collects what must not happen (console errors, requests to other hosts) and finds
// elements by what a person sees. The driver comes from the page's own packages; no browser is downloaded.
import { mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const puppeteer = require('puppeteer-core');
const { source: axeSource } = require('axe-core');

export const VIEWPORT = { width: 1366, height: 768 };
const WAIT_MS = 180_000; // against a hang, not a measure: the engine gives way to all other work of a busy machine

export async function startBrowser() {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--lang=zh-CN'],
    env: { ...process.env, LANGUAGE: 'zh_CN' }, // the browser's own words, such as those of a date field
    defaultViewport: VIEWPORT,
  });
}

// A page in a profile of its own, with the troubles it has met.
export async function openPage({ browser, base, folder }) {
  const downloads = mkdtempSync(join(folder ?? tmpdir(), 'downloads-'));
  const context = await browser.createBrowserContext({
    downloadBehavior: { policy: 'allow', downloadPath: downloads },
  });
  await context.overridePermissions(base, ['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A refused request is told by Chromium itself; flows that provoke one name its status.
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
  await page.evaluateOnNewDocument(keepNotices);
  page.troubles = troubles;
  page.downloads = downloads;
  page.expectedStatuses = new Set();
  page.goTo = async (fragment) => {
    await page.goto(`${base}/${fragment}`);
    // A new fragment alone is no navigation; the page follows it by itself.
    await page.waitForSelector('.header, .entrance');
  };
  page.done = () => context.close();
  return page;
}

// Runs in the page: keeps what its short messages say, as they are gone before a busy machine looks.
function keepNotices() {
  globalThis.saidNotices = [];
  const note = (records) => {
    for (const added of records.flatMap((record) => [...record.addedNodes])) {
      if (added.parentElement?.closest('.notices')) globalThis.saidNotices.push(added.textContent);
    }
  };
  new MutationObserver(note).observe(document, { subtree: true, childList: true });
}

// Waits until a short message has said `text` since the last one that was waited for.
export async function waitForNotice(page, text) {
  const isSaid = (wanted) => {
    const place = globalThis.saidNotices.findIndex((notice) => notice.includes(wanted));
    if (place >= 0) globalThis.saidNotices.splice(0, place + 1);
    return place >= 0;
  };
  await page.waitForFunction(isSaid, {}, text).catch(async (error) => {
    const said = await page.evaluate(() => globalThis.saidNotices);
    throw new Error(`no message "${text}" but ${JSON.stringify(said)}: ${error.message}`);
  });
}

// Opens a page at a fragment, lets `work` use it, and fails where anything went wrong in it.
export async function withPage(setting, fragment, work) {
  const page = await openPage(setting);
  try {
    await page.goTo(fragment);
    await work(page);
    if (page.troubles.length > 0) throw new Error(page.troubles.join('\n'));
  } catch (error) {
    if (setting.pictures) await page.screenshot({ path: join(setting.pictures, `failed_${Date.now()}.png`) });
    throw error;
  } finally {
    await page.done();
  }
}

// The first visible element whose accessible text contains `text`.
export async function byText(page, selector, text) {
  const handle = await page
    .waitForFunction(
      (css, wanted) =>
        [...document.querySelectorAll(css)].find(
          (element) =>
            element.getClientRects().length > 0 &&
            `${element.textContent} ${element.getAttribute('aria-label') ?? ''}`.includes(wanted),
        ),
      {},
      selector,
      text,
    )
    .catch((error) => {
      throw new Error(`no ${selector} with "${text}": ${error.message}`);
    });
  return handle.asElement();
}

export async function clickText(page, selector, text) {
  const element = await byText(page, selector, text);
  await element.evaluate((node) => node.scrollIntoView({ block: 'center' }));
  await element.click();
}

export async function waitForText(page, text) {
  await page
    .waitForFunction((wanted) => document.body.textContent.includes(wanted), {}, text)
    .catch((error) => {
      throw new Error(`no text "${text}": ${error.message}`);
    });
}

// Chooses files (or a folder) as a person would in the browser's dialogue.
export async function chooseFiles(page, paths, testId = 'files') {
  const input = await page.waitForSelector(`[data-testid="${testId}"]`);
  await input.uploadFile(...paths);
}

// Drags files and folders from the desktop onto an element and drops them there.
export async function dropFiles(page, selector, paths) {
  const element = await page.waitForSelector(selector);
  const { x, y } = await element.clickablePoint();
  const session = await page.createCDPSession();
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await session.detach();
}

// The path of a file that `work` makes the browser download; moved aside, as a second one of its name would replace it.
export async function downloadOf(page, work) {
  await work();
  const end = Date.now() + WAIT_MS;
  while (Date.now() < end) {
    const names = readdirSync(page.downloads, { withFileTypes: true }).filter((entry) => entry.isFile());
    const { name } = names.find((entry) => !entry.name.endsWith('.crdownload')) ?? {};
    if (name && names.length === 1) {
      const path = join(mkdtempSync(join(page.downloads, 'taken-')), name);
      renameSync(join(page.downloads, name), path);
      return path;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('nothing was downloaded');
}

// Goes on by the Tab key until the text or label of what has the focus begins with `text`.
export async function tabTo(page, text, { backwards = false } = {}) {
  const seen = [];
  for (let presses = 0; presses < 120; presses += 1) {
    if (backwards) await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    if (backwards) await page.keyboard.up('Shift');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return [];
      return [element.textContent.trim(), element.getAttribute('aria-label'), element.getAttribute('placeholder')];
    });
    if (focused.some((words) => words?.startsWith(text))) return;
    seen.push(focused.find(Boolean)?.slice(0, 20));
  }
  throw new Error(`the focus never came to "${text}": ${seen.join(' | ')}`);
}

// Serious and critical findings of the accessibility checker, one line each.
export async function accessibilityFaults(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
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

// Looks at what is shown now: no serious fault of accessibility; a picture of it where pictures are asked for.
export async function look(page, setting, name) {
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.all(ending.map(({ finished }) => finished.catch(() => null))).then(() => null);
  });
  const faults = await accessibilityFaults(page);
  if (setting.pictures) await page.screenshot({ path: join(setting.pictures, `${name}.png`) });
  if (faults.length > 0) throw new Error(`${name}: ${faults.join('\n')}`);
}
