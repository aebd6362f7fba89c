// What goes wrong or is taken back: a broken file, a cancelled task, pictures joined, a folder.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { byText, chooseFiles, clickText, openPage } from './browser.mjs';
import { brokenFile, longDocument, sample } from './files.mjs';

// A running page is finished first, and a bad one takes a while on a busy machine.
const CANCELED_WITHIN_MS = 150_000;

async function parseAtOnce(page) {
  const isOn = await (
    await byText(page, 'label', '上传后立即解析')
  ).evaluate((label) => document.getElementById(label.htmlFor)?.checked ?? false);
  if (!isOn) await clickText(page, 'label', '上传后立即解析');
}

async function waitUntilCompleted(page, name) {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('tr[data-status="completed"]')].some((row) => row.textContent.includes(wanted)),
    { timeout: 180_000 },
    name,
  );
}

export function queueFlow(setting) {
  describe('the queue', () => {
    it('says in plain words and with its code why a file failed, and offers to try again', async () => {
      const page = await openPage(setting.browser, setting.base);
      await page.goTo('#/upload');
      await parseAtOnce(page);
      await chooseFiles(page, [brokenFile(setting.folder)]);
      const row = await page.waitForSelector('tr[data-status="failed"]', {
        timeout: 60_000,
      });
      const text = await row.evaluate((element) => element.textContent);
      assert.match(text, /文件已损坏|不支持这种文件格式/);
      assert.match(text, /\((corrupt_document|unsupported_format)\)/);
      assert.match(text, /重试/);
      assert.deepEqual(page.troubles, []);
      await page.done();
    });

    it('cancels what is being parsed', async () => {
      const page = await openPage(setting.browser, setting.base);
      await page.goTo('#/upload');
      await parseAtOnce(page);
      // Scans take their time: several as one document.
      const pages = ['lab_sheet_photo.jpg', 'ultrasound_report_english.png', 'lab_sheet_photo.jpg'].map(sample);
      await clickText(page, 'label', '多张图片合并');
      await chooseFiles(page, pages);
      await page.waitForSelector('tr[data-status="running"], tr[data-status="queued"]', { timeout: 30_000 });
      await clickText(page, 'tr[data-status="running"] button, tr[data-status="queued"] button', '取消');
      await page.waitForSelector('tr[data-status="canceled"]', { timeout: CANCELED_WITHIN_MS });
      assert.deepEqual(page.troubles, []);
      await page.done();
    });

    it('shows progress page by page', async () => {
      const page = await openPage(setting.browser, setting.base);
      await page.goTo('#/upload');
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
      await waitUntilCompleted(page, 'lab_sheet_photo');
      assert.ok((await page.evaluate(() => globalThis.seen.size)) >= 2);
      assert.deepEqual(page.troubles, []);
      await page.done();
    });

    it('parses 700 pages', async () => {
      const page = await openPage(setting.browser, setting.base);
      await page.goTo('#/upload');
      await parseAtOnce(page);
      await chooseFiles(page, [longDocument(setting.folder, 700)]);
      await waitUntilCompleted(page, 'long_700');
      assert.deepEqual(page.troubles, []);
      await page.done();
    });
  });
}
