// The queue: position, progress page by page, taking back and trying again; a document of 700 pages.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { byText, chooseFiles, clickText, withPage } from './browser.mjs';
import { nursingRecord, sample } from './files.mjs';

const LONG_MS = 180_000; // against a hang: a page in work is finished first, and a bad one takes a while on a busy machine

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

export function queueFlow(setting) {
  describe('the queue', () => {
    it('tells the position, cancels what waits and what runs, and tries again', () =>
      withPage(setting, '#/upload', async (page) => {
        await parseAtOnce(page);
        await clickText(page, 'label', '多张图片合并');
        const scan = 'ultrasound_report_english.png';
        await chooseFiles(page, [sample(scan), sample('lab_sheet_photo.jpg')]);
        await page.waitForSelector('tr[data-status="running"], tr[data-status="queued"]');
        await clickText(page, 'label', '多张图片合并');
        const names = ['first.pdf', 'second.pdf', 'third.pdf'];
        await chooseFiles(
          page,
          names.map((name) => nursingRecord(setting.folder, 40, name)),
        );
        // What was seen of it stays in `seen`: a small document may be through before anyone looks.
        await byText(page, 'tr[data-status="queued"]', '排队第');
        await clickInRow(page, 'queued', 'third.pdf', '取消');
        await page.waitForSelector(rowOf('canceled', 'third.pdf'));
        await clickInRow(page, 'running', 'lab_sheet_photo.jpg', '取消').catch(() =>
          clickInRow(page, 'running', scan, '取消'),
        );
        await page.waitForFunction(() => [...document.querySelectorAll('tr[data-status="canceled"]')].length >= 2, {
          timeout: LONG_MS,
        });
        await clickInRow(page, 'canceled', 'third.pdf', '重试');
        await page.waitForSelector(rowOf('completed', 'third.pdf'), { timeout: LONG_MS });
      }));

    it('shows progress page by page', () =>
      withPage(setting, '#/upload', async (page) => {
        await parseAtOnce(page);
        await page.evaluate(() => {
          globalThis.seen = new Set();
          const look = () => {
            const text = document.querySelector('tr[data-status="running"] .progress')?.textContent;
            const done = text && /第 (\d+) \/ 3 页/.exec(text);
            if (done) globalThis.seen.add(Number(done[1]));
          };
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
        });
        await clickText(page, 'label', '多张图片合并');
        const scans = ['ultrasound_report_english.png', 'lab_sheet_photo.jpg', 'ultrasound_report_english.png'];
        await chooseFiles(page, scans.map(sample));
        await page.waitForSelector(rowOf('completed', 'lab_sheet_photo.jpg'), { timeout: LONG_MS });
        assert.ok((await page.evaluate(() => globalThis.seen.size)) >= 2);
      }));

    it('parses 700 pages', () =>
      withPage(setting, '#/upload', async (page) => {
        await parseAtOnce(page);
        await chooseFiles(page, [nursingRecord(setting.folder, 700)]);
        await page.waitForSelector(rowOf('completed', 'long_700.pdf'), { timeout: LONG_MS });
      }));
  });
}
