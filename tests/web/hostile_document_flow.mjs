// A document that holds an attack in every place, shown by the real page under the server's own security policy.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { clickText, openPage } from './browser.mjs';

const ATTACK =
  '<script>hit()</script><img src=x onerror=hit()><svg onload=hit()></svg><iframe srcdoc="<script>parent.hit()</script>"></iframe>' +
  '[x](javascript:hit()) ![x](http://192.0.2.1/beacon.png)';
const FORMULAS = ['\\frac{a}{b}', '\\href{javascript:hit()}{x}', '\\includegraphics{http://192.0.2.1/a.png}', ATTACK];

function attacked(record) {
  const { document } = record;
  const bbox = [50, 700, 300, 720];
  const block = (id, change) => ({ id, page: 0, order: 900, bbox, confidence: 1, ...change });
  document.blocks.push(
    block('h0', { type: 'paragraph', text: ATTACK }),
    block('h1', { type: 'title', level: 2, text: ATTACK }),
    block('h2', { type: 'table', html: `<table><tr><td onclick="hit()">${ATTACK}</td></tr></table>${ATTACK}` }),
    block('h3', { type: 'figure_caption', text: ATTACK }),
    ...FORMULAS.map((latex, index) => block(`f${index}`, { type: 'formula', latex })),
  );
  document.clinical.patient.name = ATTACK;
  document.clinical.lab_results.push({
    name: ATTACK,
    code: ATTACK,
    value: ATTACK,
    unit: ATTACK,
    reference_range: '',
    flag: ATTACK,
  });
  return { ...record, file_name: `${ATTACK}.pdf` };
}

export function hostileDocumentFlow(setting) {
  describe('a hostile document', () => {
    it('runs nothing, fetches nothing and is shown', async () => {
      const page = await openPage(setting);
      // The sanitiser parses table HTML in a document that runs nothing, and Chromium reports what its policy finds there;
      // that nothing ran, and that nothing of it reached the page, is asserted below.
      page.expectedMessage = /inline event handler violates/;
      await page.goTo('#/upload');
      const id = await page.evaluate(async () => {
        const { documents } = await (await fetch('/api/v1/documents?type=discharge_summary')).json();
        return documents[0]?.id;
      });
      const record = attacked(await (await fetch(`${setting.base}/api/v1/documents/${id}`)).json());
      await page.evaluateOnNewDocument(() => {
        globalThis.hits = 0;
        globalThis.hit = () => (globalThis.hits += 1);
      });
      await page.setRequestInterception(true);
      page.on('request', (request) => {
        if (!request.url().endsWith(`/api/v1/documents/${id}`)) return request.continue();
        return request.respond({ contentType: 'application/json', body: JSON.stringify(record) });
      });
      await page.goto('about:blank');
      await page.goTo(`#/documents/${id}`);
      await page.waitForSelector('.formula .mfrac');
      assert.equal(await page.$$eval('.block-formula .formula', (formulas) => formulas.length), FORMULAS.length);
      assert.equal(await page.$('.result script, .result iframe, .result svg[onload], .formula a, .formula img'), null);
      assert.deepEqual(
        await page.$$eval('.result *', (elements) =>
          elements.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on'))),
        ),
        [],
      );
      for (const tab of ['字段', '检验', 'Markdown', 'JSON', '结果']) await clickText(page, '[role="tab"]', tab);
      await page.click('[data-block="h2"] td');
      assert.equal(await page.evaluate(() => globalThis.hits), 0);
      assert.deepEqual(page.troubles, []);
      await page.done();
    });
  });
}
