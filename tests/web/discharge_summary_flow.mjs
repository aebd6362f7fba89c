// A discharge summary from upload over check, correction and release to export.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { byText, chooseFiles, clickText, openPage, waitForText } from './browser.mjs';
import { sample } from './files.mjs';

const CLICK_TO_BOX_MS = 100;
const CORRECTED = '心血管内科一病区';

// Milliseconds from a click until the box of what was clicked is drawn on the page's picture.
async function timeToBox(page, selector) {
  return page.evaluate(async (css) => {
    const target = document.querySelector(css);
    const before = document.querySelector('.box-selected')?.outerHTML;
    const begin = performance.now();
    target.click();
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = document.querySelector('.box-selected')?.outerHTML;
      if (now !== undefined && now !== before) return performance.now() - begin;
      if (performance.now() - begin > 5000) return Infinity;
    }
  }, selector);
}

export function dischargeSummaryFlow(setting) {
  describe('a discharge summary', () => {
    let page;
    let documentId;

    it('is shown as thumbnails first and parsed on a word', async () => {
      page = await openPage(setting.browser, setting.base);
      await page.goTo('#/upload');
      await chooseFiles(page, [sample('discharge_summary_scan.pdf')]);
      await page.waitForSelector('.prepared-pages img');
      await clickText(page, '.card button', '开始解析');
      await page.waitForSelector('tr[data-status="completed"]', {
        timeout: 120_000,
      });
      await clickText(page, 'tr[data-status="completed"] a', '查看结果');
      await page.waitForSelector('.picture-sheet img');
      documentId = /documents\/([^?]+)/.exec(page.url())[1];
      await waitForText(page, '出院小结');
    });

    it('leads from a value to its box and from a box to the result, at once', async () => {
      await clickText(page, '[role="tab"]', '字段');
      await page.waitForSelector('[data-path="patient.department"]');
      const times = [];
      for (const path of ['department', 'admission_number', 'name', 'sex', 'age'].map((name) => `patient.${name}`)) {
        times.push(await timeToBox(page, `[data-path="${path}"] .field-label`));
      }
      times.sort((a, b) => a - b);
      const typical = times[Math.floor(times.length / 2)]; // one may fall to another process on a shared machine
      setting.measured.click_to_box_ms = typical;
      assert.ok(typical < CLICK_TO_BOX_MS, `a click took ${times.join(', ')} ms`);

      await clickText(page, '[role="tab"]', '结果');
      const table = await page.waitForSelector('.box-table');
      await table.click();
      await page.waitForSelector('.block-table .is-selected-cell');
    });

    it('leads to what is to be checked by a key', async () => {
      await page.evaluate(() => document.activeElement?.blur());
      const before = await page.$eval('.box-selected', (box) => box.outerHTML);
      await page.keyboard.press('n');
      await page.waitForFunction((old) => document.querySelector('.box-selected')?.outerHTML !== old, {}, before);
      assert.match(await page.$eval('.check-tools', (tools) => tools.textContent), /^1\/\d+/);
    });

    it('is corrected in place; the original stays and the change can be undone', async () => {
      await clickText(page, '[role="tab"]', '字段');
      const value = await page.waitForSelector('[data-path="patient.department"] .field-value span');
      await value.click({ count: 2 });
      await page.waitForSelector('.inline-editor textarea');
      await page.keyboard.type(CORRECTED);
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-path="patient.department"] .is-corrected');
      assert.match(
        await page.$eval('[data-path="patient.department"]', (row) => row.textContent),
        new RegExp(CORRECTED),
      );

      await clickText(page, '[role="tab"]', '修改记录');
      await page.waitForSelector('.history tbody tr');
      assert.equal(await page.$eval('.history del', (original) => original.textContent), '心血管内科');
      await clickText(page, '.history button', '撤销');
      await page.waitForSelector('.history tr.is-undone');
      await clickText(page, '[role="tab"]', '字段');
      await page.waitForFunction(
        () => document.querySelector('[data-path="patient.department"] .field-value')?.textContent === '心血管内科',
      );
    });

    it('is corrected in a text by the keyboard, and the Markdown follows', async () => {
      await clickText(page, '[role="tab"]', '结果');
      const line = await byText(page, '.block-paragraph', '反复胸闷气促3年');
      await line.click();
      await page.keyboard.press('e');
      await page.waitForSelector('.inline-editor textarea');
      await page.keyboard.press('End');
      await page.keyboard.type('无胸痛。');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.block.is-corrected');
      await clickText(page, '[role="tab"]', 'Markdown');
      await waitForText(page, '加重伴下肢水肿1周。无胸痛。');
    });

    it('is reviewed and released; nobody changes it then', async () => {
      await clickText(page, '.document-bar button', '草稿');
      await clickText(page, '[role="menuitem"]', '标记为已核对');
      await clickText(page, '.document-bar button', '已核对');
      await clickText(page, '[role="menuitem"]', '发布');
      await byText(page, '.document-bar button', '已发布');
      await clickText(page, '[role="tab"]', '结果');
      const line = await byText(page, '.block-paragraph', '反复胸闷气促3年');
      await line.click();
      await page.keyboard.press('e');
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal(await page.$('.inline-editor'), null);
    });

    it('is found by its words and exported with its correction', async () => {
      await page.goTo('#/archive');
      await page.waitForSelector('.filter-form input');
      await page.type('.filter-form input', '无胸痛');
      await page.keyboard.press('Enter');
      await page.waitForSelector(`tr[data-document="${documentId}"] mark`);
      await page.click(`tr[data-document="${documentId}"] input[type="checkbox"]`);
      await byText(page, 'button', '导出所选');
      const answers = await page.evaluate(async (id) => {
        const read = async (path) => (await fetch(path)).arrayBuffer();
        const content = await (await fetch(`/api/v1/documents/${id}/content`)).text();
        const csv = await (await fetch(`/api/v1/documents/${id}/lab_results.csv`)).text();
        const bundle = new Uint8Array(await read(`/api/v1/export?ids=${id}&state=released`));
        return { content, csv, signature: [...bundle.slice(0, 2)] };
      }, documentId);
      assert.match(answers.content, /无胸痛。/);
      assert.match(answers.csv, /NT-proBNP.*1860/);
      assert.deepEqual(answers.signature, [0x50, 0x4b]);
    });

    it('stands on the time line of its patient with its lab values', async () => {
      await page.click(`tr[data-document="${documentId}"] a[href^="#/patients/"]`);
      await page.waitForSelector('.timeline li');
      await page.waitForSelector('.card canvas');
      assert.deepEqual(page.troubles, []);
      await page.done();
    });
  });
}
