// The queue: position, progress page by page, taking back and trying again; a document of 700 pages.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { byText, chooseFiles, clickText, look, withPage } from './browser.mjs';
import { nursingRecord, scannedRecord } from './files.mjs';

const LONG_MS = 400_000; // against a hang: a page in work is finished first, and the engine gives way to all other work of the machine

export async function isSwitchedOn(page, label) {
  const found = await byText(page, 'label', label);
  return found.evaluate((element) => document.getElementById(element.htmlFor)?.checked ?? false);
}

export async function parseAtOnce(page) {
  if (!(await isSwitchedOn(page, '上传后立即解析'))) await clickText(page, 'label', '上传后立即解析');
}

const rowOf = (status, name) => `tr[data-status="${status}"] td[title="${name}"]`;

async function clickInRow(page, status, name, action) {
  const cell = await page.waitForSelector(rowOf(status, name));
  const buttons = await cell.evaluateHandle((element) => [...element.parentElement.querySelectorAll('button')]);
  for (const button of (await buttons.getProperties()).values()) {
    const element = button.asElement();
    if (element && (await element.evaluate((node) => node.textContent)) === action) return element.click();
  }
  throw new Error(`${name} (${status}) offers no ${action}`);
}

// Whatever state it is in, and no fault where it is through already.
async function cancel(page, name) {
  await page.evaluate((wanted) => {
    const cell = document.querySelector(`td[title="${wanted}"]`);
    [...cell.parentElement.querySelectorAll('button')].find((button) => button.textContent === '取消')?.click();
  }, name);
}

export function queueFlow(setting) {
  describe('the queue', () => {
    it('tells the position, cancels what waits and what runs, and tries again', () =>
      withPage(setting, '#/upload', async (page) => {
        await parseAtOnce(page);
        // Scans, more than are ever read at once, behind one that is not done before the end of this test.
        const between = Array.from({ length: 6 }, (_, index) => `waiting_${index + 1}.pdf`);
        const last = 'waiting_longest.pdf';
        await chooseFiles(page, [
          scannedRecord(setting.folder, 40, 'long_scan.pdf'),
          ...between.map((name) => scannedRecord(setting.folder, 2, name)),
          scannedRecord(setting.folder, 1, last),
        ]);
        await page.waitForSelector(rowOf('queued', last));
        await byText(page, 'tr[data-status="queued"]', '排队第');
        await look(page, setting, 'upload_queue');
        await clickInRow(page, 'queued', last, '取消');
        await page.waitForSelector(rowOf('canceled', last));

        await clickInRow(page, 'running', 'long_scan.pdf', '取消');
        await byText(page, 'tr', '正在取消');
        // The rest goes too: nothing is left before what is tried again.
        for (const name of between) await cancel(page, name);
        await page.waitForSelector(rowOf('canceled', 'long_scan.pdf'), { timeout: LONG_MS });

        await clickInRow(page, 'canceled', last, '重试');
        await page.waitForSelector(rowOf('completed', last), { timeout: LONG_MS });
      }));

    it('shows progress page by page', () =>
      withPage(setting, '#/upload', async (page) => {
        await parseAtOnce(page);
        await page.evaluate(() => {
          globalThis.seen = [];
          const look = () => {
            const row = document.querySelector('td[title="paced.pdf"]')?.parentElement;
            const done = /已完成 (\d+) \/ 6 页/.exec(row?.querySelector('.progress')?.textContent ?? '');
            if (done && globalThis.seen.at(-1) !== Number(done[1])) globalThis.seen.push(Number(done[1]));
          };
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
        });
        await chooseFiles(page, [scannedRecord(setting.folder, 6, 'paced.pdf')]);
        await page.waitForSelector(rowOf('completed', 'paced.pdf'), { timeout: LONG_MS });
        const seen = await page.evaluate(() => globalThis.seen);
        assert.deepEqual(
          seen,
          [...seen].sort((a, b) => a - b),
        );
        assert.ok(seen.length >= 3, `only ${seen.join(', ')} of 6 pages were shown`);
      }));

    it('parses 700 pages', () =>
      withPage(setting, '#/upload', async (page) => {
        await parseAtOnce(page);
        await chooseFiles(page, [nursingRecord(setting.folder, 700)]);
        await page.waitForSelector(rowOf('completed', 'long_700.pdf'), { timeout: LONG_MS });
      }));
  });
}
