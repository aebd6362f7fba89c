// A discharge summary from upload over check, correction and release to export.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';

import {
  byText,
  chooseFiles,
  clickText,
  downloadOf,
  look,
  openPage,
  waitForNotice,
  waitForText,
  withPage,
} from './browser.mjs';
import { nursingRecord, sample } from './files.mjs';
import { parseAtOnce } from './queue_flow.mjs';
import { readZip } from './zip_file.mjs';

const CORRECTED = '心血管内科一病区';
const MOST_FRAMES = 3; // between a click and its box: at 60 frames a second half of the 100 ms that a person takes for at once

// How long it takes from a click until the box of what was clicked is drawn on the page's picture.
async function timeToBox(page, selector) {
  return page.evaluate(async (css) => {
    const target = document.querySelector(css);
    const before = document.querySelector('.box-selected')?.outerHTML;
    const begin = performance.now();
    target.click();
    for (let frames = 1; frames <= 300; frames += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = document.querySelector('.box-selected')?.outerHTML;
      if (now !== undefined && now !== before) return { ms: performance.now() - begin, frames };
    }
    return { ms: Infinity, frames: Infinity };
  }, selector);
}

const download = (page, way) => downloadOf(page, () => page.click(`.document-bar [aria-label^="下载${way}"]`));

export function dischargeSummaryFlow(setting) {
  describe('a discharge summary', () => {
    let page;
    let documentId;

    it('is shown as thumbnails first and parsed on a word', async () => {
      page = await openPage(setting);
      await page.goTo('#/upload');
      await chooseFiles(page, [sample('discharge_summary_scan.pdf')]);
      await page.waitForSelector('.prepared-pages img');
      await clickText(page, '.card button', '开始解析');
      await byText(page, 'tr[data-status="completed"]', 'discharge_summary_scan.pdf');
      await clickText(page, 'tr[data-status="completed"] a', 'discharge_summary_scan.pdf');
      await page.waitForSelector('.picture-sheet img');
      documentId = /documents\/([^?]+)/.exec(page.url())[1];
      await waitForText(page, '出院小结');
    });

    it('is shown as result, fields, lab rows with ranges drawn, Markdown and JSON', async () => {
      await page.waitForSelector('.result table td');
      await page.waitForFunction(() =>
        [...document.querySelectorAll('.result figure img')].some((figure) => figure.naturalWidth > 0),
      );
      await clickText(page, '[role="tab"]', '检验');
      await page.waitForSelector('.labs .range-bar .range-value');
      await byText(page, '.labs td.confidence', '%');
      await clickText(page, '[role="tab"]', 'Markdown');
      await byText(page, '.source-line', '# ');
      await clickText(page, '[role="tab"]', 'JSON');
      await byText(page, '.source-line', '"schema_version": "1.0"');
      await clickText(page, '[role="tab"]', '结果');
    });

    it('is zoomed and rotated, and its boxes go and come', async () => {
      const size = () => page.$eval('.picture-room', ({ offsetWidth, offsetHeight }) => [offsetWidth, offsetHeight]);
      const [width, height] = await size();
      await page.click('[aria-label="放大"]');
      await page.waitForFunction((old) => document.querySelector('.picture-room').offsetWidth > old, {}, width);
      await page.click('[aria-label="适合宽度"]');
      await page.click('[aria-label="顺时针旋转"]');
      const [turnedWidth, turnedHeight] = await size();
      assert.ok(turnedWidth / turnedHeight > 1 && width / height < 1);
      for (let turn = 0; turn < 3; turn += 1) await page.click('[aria-label="顺时针旋转"]');
      await page.click('[aria-label="显示区域框"]');
      assert.equal(await page.$('.picture-sheet .box'), null);
      await page.click('[aria-label="显示区域框"]');
      await page.waitForSelector('.picture-sheet .box-table');
    });

    it('leads from a value to its box and from a box to the result, at once', async () => {
      await clickText(page, '[role="tab"]', '字段');
      await page.waitForSelector('[data-path="patient.department"]');
      const requests = [];
      const note = (request) => requests.push(request.url());
      page.on('request', note);
      const times = [];
      for (const path of ['department', 'admission_number', 'name', 'sex', 'age'].map((name) => `patient.${name}`)) {
        times.push(await timeToBox(page, `[data-path="${path}"] .field-label`));
      }
      page.off('request', note);
      setting.measured.click_to_box_ms = times.map(({ ms }) => ms).sort((a, b) => a - b)[2];
      assert.ok(Math.max(...times.map(({ frames }) => frames)) <= MOST_FRAMES, JSON.stringify(times));
      assert.deepEqual(
        requests.filter((url) => !url.endsWith('/health')),
        [],
      );

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
      assert.match(await page.$eval('.check-tools', (tools) => tools.textContent), /1\/\d+/);
    });

    it('is corrected in place; author, time and original stay, and the change can be undone', async () => {
      await clickText(page, '[role="tab"]', '字段');
      const value = await page.waitForSelector('[data-path="patient.department"] .field-value span');
      await value.click({ count: 2 });
      await page.waitForSelector('.inline-editor textarea');
      await page.keyboard.type(CORRECTED);
      await page.keyboard.press('Enter');
      const corrected = await page.waitForSelector('[data-path="patient.department"] .is-corrected');
      assert.match(await corrected.evaluate((element) => element.title), /原值：心血管内科；local，\d{4}/);
      await byText(page, '[data-path="patient.department"]', CORRECTED);

      await clickText(page, '[role="tab"]', '修改记录');
      const row = await byText(page, '.history tbody tr', CORRECTED);
      const told = await row.evaluate((element) => element.textContent);
      assert.match(told, /科室.*心血管内科.*local.*\d{4}/);
      await look(page, setting, 'document_corrections');
      await clickText(page, '.history button', '撤销');
      await page.waitForSelector('.history tr.is-undone');
      await clickText(page, '[role="tab"]', '字段');
      await page.waitForFunction(
        () => document.querySelector('[data-path="patient.department"] .field-value')?.textContent === '心血管内科',
      );
    });

    it('is corrected in a text; the field read from it is suggested, and the Markdown follows', async () => {
      await clickText(page, '[role="tab"]', '结果');
      const line = await byText(page, '.block-paragraph', '反复胸闷气促3年');
      await line.click();
      await page.keyboard.press('e');
      await page.waitForSelector('.inline-editor textarea');
      await page.keyboard.press('End');
      await page.keyboard.type('无胸痛。');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.block.is-corrected');
      await byText(page, '.related li', '无胸痛。');
      await look(page, setting, 'document_related');
      await clickText(page, '.related button', '一并修改');
      await clickText(page, '[role="tab"]', '字段');
      await byText(page, '[data-path^="sections."] .is-corrected', '无胸痛。');
      await clickText(page, '[role="tab"]', 'Markdown');
      await waitForText(page, '加重伴下肢水肿1周。无胸痛。');
    });

    it('is corrected in a cell; the lab row read from it is suggested', async () => {
      await clickText(page, '[role="tab"]', '结果');
      const cell = await byText(page, '.result td', '1860');
      await cell.click({ count: 2 });
      await page.waitForSelector('.inline-editor textarea');
      await page.keyboard.type('1880');
      await page.keyboard.press('Enter');
      await byText(page, '.related li', '1880');
      await clickText(page, '.related button', '一并修改');
      await page.waitForFunction(() => document.querySelector('.related') === null);
      await clickText(page, '[role="tab"]', '检验');
      await byText(page, '.labs .is-corrected', '1880');
    });

    it('is copied and downloaded in every form, with its corrections', async () => {
      await clickText(page, '.document-bar button', '复制');
      await waitForNotice(page, '已复制');
      assert.match(await page.evaluate(() => navigator.clipboard.readText()), /无胸痛。/);

      const markdown = await download(page, ' MD');
      assert.equal(basename(markdown), 'discharge_summary_scan.md');
      assert.match(readFileSync(markdown, 'utf8'), /1880/);
      const bundle = readZip(await download(page, ' ZIP'));
      assert.match(String(bundle.get('discharge_summary_scan.md')), /无胸痛。/);
      assert.ok(bundle.has('corrections.json'));
      assert.ok([...bundle.keys()].some((name) => name.startsWith('discharge_summary_scan.assets/')));
      const json = JSON.parse(readFileSync(await download(page, ' JSON'), 'utf8'));
      assert.ok(json.clinical.lab_results.some(({ value }) => value === '1880'));
      assert.match(readFileSync(await download(page, ' CSV'), 'utf8'), /NT-proBNP.*1880/);
      const name = json.clinical.patient.name;
      const hidden = readFileSync(await download(page, '去标识化'), 'utf8');
      assert.ok(hidden.length > 100 && !hidden.includes(name));
    });

    it('is reviewed and released; nobody changes it then', async () => {
      await clickText(page, '.document-bar button', '草稿');
      await byText(page, '[role="menuitem"]', '标记为已核对');
      await look(page, setting, 'document_state_menu');
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
      assert.deepEqual(page.troubles, []);
      await page.done();
    });

    it('is exported with others, released ones only unless one wants all', () =>
      withPage(setting, '#/upload', async (other) => {
        await parseAtOnce(other);
        await chooseFiles(other, [nursingRecord(setting.folder, 1, 'draft.pdf')]);
        await byText(other, 'tr[data-status="completed"]', 'draft.pdf');
        await other.goTo('#/archive');
        await clickText(other, 'tr[data-document] a', 'draft.pdf');
        await byText(other, '.document-bar button', '草稿');
        await other.goTo('#/archive');
        await other.waitForSelector(`tr[data-document="${documentId}"]`);
        await other.click('[aria-label="全选本页"]');
        const folders = async () => {
          const zip = readZip(await downloadOf(other, () => clickText(other, 'button', '导出所选')));
          return new Set([...zip.keys()].map((name) => name.split('/')[0]));
        };
        assert.equal((await folders()).size, 1);
        await clickText(other, 'label', '只导出已发布的');
        assert.ok((await folders()).size >= 2);
      }));

    it('is asked about before it is deleted', () =>
      withPage(setting, '#/archive?q=draft', async (other) => {
        await other.goTo('#/archive');
        await clickText(other, 'tr[data-document] a', 'draft.pdf');
        await other.waitForSelector('.document-bar');
        const id = /documents\/([^?]+)/.exec(other.url())[1];
        await other.click('[aria-label="删除文档"]');
        await byText(other, '[role="dialog"]', '不能恢复');
        await look(other, setting, 'document_delete');
        await clickText(other, '[role="dialog"] button', '取消');
        await other.waitForFunction(() => document.querySelector('[role="dialog"]') === null);
        await other.click('[aria-label="删除文档"]');
        await byText(other, '[role="dialog"]', '不能恢复');
        await clickText(other, '[role="dialog"] button', '删除');
        await byText(other, 'h1', '档案');
        other.expectedStatuses.add('404');
        assert.equal(await other.evaluate(async (gone) => (await fetch(`/api/v1/documents/${gone}`)).status, id), 404);
      }));
  });
}
