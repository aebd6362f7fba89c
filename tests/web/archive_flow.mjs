// The archive: words and their hits, filters kept under a name, a patient's time line, laboratory items over time.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { byText, chooseFiles, clickText, downloadOf, look, waitForText, withPage } from './browser.mjs';
import { sample } from './files.mjs';
import { parseAtOnce } from './queue_flow.mjs';

const LATER = '2024-09-03';

// Two reports of one patient at two times: the same file read twice, one of them corrected to a later day.
async function parseTwice(page) {
  await parseAtOnce(page);
  await chooseFiles(page, [sample('lab_report.pdf')]);
  await byText(page, 'tr[data-status="completed"]', 'lab_report.pdf');
  return page.evaluate(async (date) => {
    const ask = async (path, options) => (await fetch(`/api/v1/${path}`, options)).json();
    const { documents } = await ask('documents?type=lab_report');
    const first = documents[0];
    const source = await (await fetch(`/api/v1/documents/${first.id}/source/0`)).blob();
    const form = new FormData();
    form.append('dpi', '201'); // other options make another document of the same bytes
    form.append('file', source, 'lab_report_later.pdf');
    const { id } = await ask('upload', { method: 'POST', body: form });
    const corrections = [{ target: 'clinical.patient.reported_at', value: `${date} 08:30` }];
    for (const name of ['collected_at', 'received_at'])
      corrections.push({ target: `clinical.patient.${name}`, value: `${date} 08:00` });
    const changed = await ask(`documents/${id}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ corrections }),
    });
    return { patient: first.patient_key, later: id, date: changed.report_date, laterPatient: changed.patient_key };
  }, LATER);
}

export function archiveFlow(setting) {
  describe('the archive', () => {
    let patient;

    it('finds words inside documents and marks them', () =>
      withPage(setting, '#/archive', async (page) => {
        await page.waitForSelector('.filter-form input');
        await page.type('.filter-form input', '无胸痛');
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => document.querySelector('tr[data-document] mark')?.textContent === '无胸痛');
        assert.equal(await page.$$eval('tr[data-document]', (rows) => rows.length), 1);
        await look(page, setting, 'archive_hits');
      }));

    it('finds by a laboratory condition, a type, a state', () =>
      withPage(setting, '#/archive', async (page) => {
        const found = async (query) => {
          await page.goto('about:blank');
          await page.goTo(`#/archive?${query}`);
          await page.waitForSelector('.archive-hits[aria-busy="false"]');
          await byText(page, '.archive-head [role="status"]', '共');
          return page.$$eval('tr[data-document]', (rows) => rows.length);
        };
        const query = (fields) => new URLSearchParams(fields).toString();
        assert.ok((await found(query({ lab: 'NT-proBNP>1000' }))) >= 1);
        assert.equal(await found(query({ lab: 'NT-proBNP>100000' })), 0);
        assert.ok((await found(query({ type: 'discharge_summary', state: 'released' }))) >= 1);
        assert.equal(await found(query({ type: 'pathology_report' })), 0);
      }));

    it('keeps a filter under a name, uses it again and forgets it', () =>
      withPage(setting, '#/archive?type=discharge_summary&state=released', async (page) => {
        const name = await page.waitForSelector('[aria-label="名称"]');
        await name.type('已发布的小结');
        await page.keyboard.press('Enter');
        await byText(page, '.saved-filters button', '已发布的小结');
        await page.goTo('#/archive');
        await clickText(page, '.saved-filters button', '已发布的小结');
        await page.waitForFunction(() => location.hash.includes('state=released'));
        assert.match(page.url(), /type=discharge_summary/);
        await page.waitForSelector('.saved-filters [aria-current="true"]');
        await page.click('[aria-label="删除筛选“已发布的小结”"]');
        await page.waitForFunction(() => document.querySelector('.saved-filters li') === null);
      }));

    it("puts a patient's documents on one time line", () =>
      withPage(setting, '#/upload', async (page) => {
        const made = await parseTwice(page);
        assert.equal(made.date, LATER);
        assert.equal(made.laterPatient, made.patient);
        patient = made.patient;
        await page.goTo(`#/archive?type=lab_report`);
        await page.waitForSelector('tr[data-document] a[href^="#/patients/"]');
        await page.click('tr[data-document] a[href^="#/patients/"]');
        await page.waitForFunction(() => document.querySelectorAll('.timeline li').length === 2);
        await byText(page, '.timeline', LATER);
        await clickText(page, '.timeline a', '检验报告');
        await page.waitForSelector('.document-bar');
      }));

    it('draws laboratory items over time, several at once, and gives the picture and the numbers away', () =>
      withPage(setting, `#/patients/${patient}`, async (page) => {
        await page.waitForSelector('.card canvas');
        const height = await page.$eval('.card canvas', (canvas) => canvas.clientHeight);
        const chips = await page.$$('.trend-items label');
        await chips[2].click();
        await page.waitForFunction((old) => document.querySelector('.card canvas').clientHeight > old, {}, height);
        const items = await page.$$eval('.trend-items input:checked', (inputs) => inputs.map((input) => input.value));
        assert.equal(items.length, 3);
        await clickText(page, 'summary', '数值表');
        await waitForText(page, LATER);
        await look(page, setting, 'patient_trends');

        const picture = readFileSync(await downloadOf(page, () => clickText(page, 'button', '导出图片')));
        assert.equal(picture.subarray(1, 4).toString(), 'PNG');
        assert.ok(picture.readUInt32BE(20) > height, 'the picture shows all charts');
        const numbers = readFileSync(await downloadOf(page, () => clickText(page, 'button', '导出数值')), 'utf8');
        assert.match(numbers, new RegExp(LATER));
        for (const item of items) assert.ok(numbers.includes(item), item);
      }));
  });
}
