// From the file to its release without a mouse.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { byText, tabTo, waitForText, withPage } from './browser.mjs';
import { nursingRecord } from './files.mjs';

export function keyboardFlow(setting) {
  describe('the keyboard alone', () => {
    it('uploads, parses, reads, corrects, undoes, releases and finds a document', () =>
      withPage(setting, '#/upload', async (page) => {
        const press = (key) => page.keyboard.press(key);
        await page.waitForSelector('.drop-zone');
        await press('Tab');
        assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
        await press('Enter');
        await tabTo(page, '选择文件');
        const opened = page.waitForFileChooser();
        await page.evaluate(() => null); // keys go another way to the page and may overtake the wish to be told of a chooser
        await press('Enter');
        const chooser = await opened;
        await chooser.accept([nursingRecord(setting.folder, 2, 'by_keyboard.pdf')]);
        await page.waitForSelector('.prepared-pages img');
        await tabTo(page, '开始解析');
        await press('Enter');
        await byText(page, 'tr[data-status="completed"]', 'by_keyboard.pdf');
        await tabTo(page, 'by_keyboard.pdf');
        await press('Enter');
        await waitForText(page, 'Nursing record 1 of by_keyboard.pdf');

        await press('PageDown');
        await waitForText(page, 'Nursing record 2 of by_keyboard.pdf');
        await press('PageUp');
        await waitForText(page, 'Nursing record 1 of by_keyboard.pdf');
        await tabTo(page, '识别结果');
        await press('ArrowDown');
        await page.waitForSelector('.box-selected');
        await press('e');
        await page.waitForSelector('.inline-editor textarea');
        await press('End');
        await page.keyboard.type(' corrected');
        await press('Enter');
        await byText(page, '.block.is-corrected', 'corrected');

        await tabTo(page, '结果', { backwards: true });
        for (let tab = 0; tab < 5; tab += 1) await press('ArrowRight');
        await tabTo(page, '撤销');
        await press('Enter');
        await page.waitForSelector('.history tr.is-undone');

        for (const [state, action] of [
          ['草稿', '标记为已核对'],
          ['已核对', '发布'],
        ]) {
          await tabTo(page, state, { backwards: true });
          await press('Enter');
          await byText(page, '[role="menuitem"]', action);
          for (let item = 0; item < 3; item += 1) {
            if (await page.evaluate((wanted) => document.activeElement?.textContent === wanted, action)) break;
            await press('ArrowDown');
          }
          await press('Enter');
          await page.waitForFunction(() => document.querySelector('[role="menu"]') === null);
        }
        await byText(page, '.document-bar button', '已发布');

        await tabTo(page, '档案', { backwards: true });
        await press('Enter');
        await byText(page, 'h1', '档案');
        await tabTo(page, '正文、诊断');
        await page.keyboard.type('complaints');
        await press('Enter');
        await page.waitForSelector('tr[data-document] mark');
        await byText(page, 'tr[data-document]', 'by_keyboard.pdf');
      }));
  });
}
