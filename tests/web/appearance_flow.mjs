// Every screen: first paint, accessibility, both languages, the keyboard; and pictures of them where asked for.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { join } from 'node:path';

import { accessibilityFaults, byText, clickText, openPage, waitForText } from './browser.mjs';

const FIRST_PAINT_MS = 1000;

async function screens(page, base) {
  const found = await page.evaluate(async () => {
    const { documents } = await (await fetch('/api/v1/documents?limit=200')).json();
    const document = documents.find(({ document_type: type }) => type === 'discharge_summary');
    return { document: document?.id, patient: document?.patient_key };
  });
  const administration = ['users', 'keys', 'settings', 'watch', 'engine', 'lexicon', 'audit'];
  assert.ok(base && found.document && found.patient);
  return [
    ['upload', '#/upload'],
    ['archive', '#/archive?q=心'],
    ['document', `#/documents/${found.document}`],
    ['document_fields', `#/documents/${found.document}`, '字段'],
    ['document_labs', `#/documents/${found.document}`, '检验'],
    ['document_corrections', `#/documents/${found.document}`, '修改记录'],
    ['patient', `#/patients/${found.patient}`],
    ...administration.map((name) => [`administration_${name}`, `#/administration/${name}`]),
  ];
}

export function appearanceFlow(setting) {
  describe('the page', () => {
    it('is painted within a second', async () => {
      const page = await openPage(setting.browser, setting.base);
      await page.goTo('#/upload');
      const paint = await page.evaluate(
        () =>
          new Promise((resolve) => {
            new PerformanceObserver((list) => {
              const entry = list.getEntriesByName('first-contentful-paint')[0];
              if (entry) resolve(entry.startTime);
            }).observe({ type: 'paint', buffered: true });
          }),
      );
      setting.measured.first_paint_ms = paint;
      assert.ok(paint < FIRST_PAINT_MS, `first paint after ${paint} ms`);
      await page.done();
    });

    it('has no serious fault of accessibility on any screen, and no trouble', async () => {
      const page = await openPage(setting.browser, setting.base);
      await page.goTo('#/upload');
      const faults = [];
      for (const [name, address, tab] of await screens(page, setting.base)) {
        await page.goTo(address);
        if (tab) await clickText(page, '[role="tab"]', tab);
        await page.waitForNetworkIdle({ idleTime: 400, concurrency: 1 }); // the stream of events stays open
        for (const fault of await accessibilityFaults(page)) faults.push(`${name}: ${fault}`);
        if (setting.pictures)
          await page.screenshot({
            path: join(setting.pictures, `${name}.png`),
          });
      }
      assert.deepEqual(faults, []);
      assert.deepEqual(page.troubles, []);
      await page.done();
    });

    it('speaks English by a switch and remembers it', async () => {
      const page = await openPage(setting.browser, setting.base);
      await page.goTo('#/upload');
      await clickText(page, 'header button', 'English');
      await waitForText(page, 'Drop files or folders here');
      await page.reload();
      await waitForText(page, 'Drop files or folders here');
      assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
      await page.done();
    });

    it('is reached and left by the keyboard alone', async () => {
      const page = await openPage(setting.browser, setting.base);
      await page.goTo('#/upload');
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
      for (let presses = 0; presses < 12; presses += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => document.activeElement?.getAttribute('href') === '#/archive')) break;
      }
      await page.keyboard.press('Enter');
      await byText(page, 'h1', '档案');
      await page.done();
    });

    it('links to the page of the API', async () => {
      const page = await openPage(setting.browser, setting.base);
      await page.goTo('#/upload');
      const link = await byText(page, 'header a', 'API');
      assert.equal(await link.evaluate((element) => element.getAttribute('href')), '/docs');
      assert.equal(await page.evaluate(async () => (await fetch('/docs')).status), 200);
      await page.done();
    });
  });
}
