// Seven hundred pages scroll smoothly: only what is visible exists. How long the frames take is told, not judged: a busy
// machine says nothing about the page.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { openPage } from './browser.mjs';

const MOST_ELEMENTS = 60;

export function longDocumentFlow(setting) {
  describe('a document of 700 pages', () => {
    it('scrolls its thumbnails, of which only the visible ones exist, and turns to any page', async () => {
      const page = await openPage(setting);
      await page.goTo('#/archive');
      const id = await page.evaluate(async () => {
        const { documents } = await (await fetch('/api/v1/documents?limit=200')).json();
        return documents.find((document) => document.page_count === 700)?.id;
      });
      assert.ok(id, 'the long document of the queue is there');
      await page.goTo(`#/documents/${id}`);
      await page.waitForSelector('.thumbnail');
      const frames = await page.evaluate(async () => {
        const strip = document.querySelector('.thumbnails');
        const times = [];
        let most = 0;
        let last = performance.now();
        for (let step = 0; step < 90; step += 1) {
          strip.scrollTop += 400;
          await new Promise((resolve) => requestAnimationFrame(resolve));
          times.push(performance.now() - last);
          last = performance.now();
          most = Math.max(most, strip.querySelectorAll('.thumbnail').length);
        }
        times.sort((a, b) => a - b);
        return { median: times[45], late: times[85], most };
      });
      setting.measured.scroll_frame_median_ms = frames.median;
      setting.measured.scroll_frame_95_ms = frames.late;
      assert.ok(frames.most < MOST_ELEMENTS, `${frames.most} thumbnails at once`);

      await page.goTo(`#/documents/${id}?page=650`);
      await page.waitForFunction(() => document.querySelector('.result')?.textContent.includes('650'));
      await page.waitForFunction(
        () => document.querySelector('.thumbnail[aria-current="page"]')?.textContent === '650',
      );
      await page.keyboard.press('PageDown');
      await page.waitForFunction(
        () => document.querySelector('.thumbnail[aria-current="page"]')?.textContent === '651',
      );
      assert.deepEqual(page.troubles, []);
      await page.done();
    });
  });
}
