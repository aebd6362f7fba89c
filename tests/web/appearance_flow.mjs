// Every screen: first paint, accessibility, both languages; and pictures of them where asked for.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { byText, clickText, look, waitForText, withPage } from './browser.mjs';

const SECTIONS = ['users', 'keys', 'settings', 'watch', 'engine', 'lexicon', 'audit'];

// Name, address, tab: every screen, on what the flows before have left.
async function screens(page) {
  const { document, patient } = await page.evaluate(async () => {
    const { documents } = await (await fetch('/api/v1/documents?type=discharge_summary')).json();
    return { document: documents[0]?.id, patient: documents[0]?.patient_key };
  });
  assert.ok(document && patient);
  return [
    ['upload', '#/upload'],
    ['archive', '#/archive?q=心'],
    ['document', `#/documents/${document}`],
    ['document_fields', `#/documents/${document}`, 1],
    ['document_labs', `#/documents/${document}`, 2],
    ['document_markdown', `#/documents/${document}`, 3],
    ['document_json', `#/documents/${document}`, 4],
    ['document_history', `#/documents/${document}`, 5],
    ['patient', `#/patients/${patient}`],
    ...SECTIONS.map((name) => [`administration_${name}`, `#/administration/${name}`]),
  ];
}

// Shows every screen in turn.
async function walk(page, work) {
  for (const [name, address, tab] of await screens(page)) {
    await page.goTo(address);
    await page.waitForNetworkIdle({ idleTime: 250, concurrency: 1 }); // the stream of events stays open
    await page.waitForFunction(() => document.querySelector('main .mantine-Loader-root') === null);
    if (tab !== undefined) {
      const tabs = await page.$$('[role="tab"]');
      await tabs[tab].click();
      await page.waitForSelector(`[role="tab"]:nth-of-type(${tab + 1})[aria-selected="true"]`);
    }
    await work(name);
  }
}

// Names of the API that the page has no word for.
const rawNames = (words) => words.filter((text) => /^[a-z]+(_[a-z0-9]+)+( \(MB\))?$/.test(text.trim()));

// What the page itself says on the present screen: everything but what comes from documents and people.
function ownWords(page) {
  return page.evaluate(() => {
    const foreign =
      '.result, .fields .field-value, [data-path^="medications."] .field-label, .labs td, .source, .history td, .snippet, .timeline, .patient-head h1, table.list td, .document-bar h1, .document-bar p, .trend-items, .trend-chart';
    const words = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element.closest(foreign) || element.closest('script, style')) continue;
      words.push(node.data);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      if (element.closest(foreign)) continue;
      for (const name of ['aria-label', 'placeholder']) words.push(element.getAttribute(name) ?? '');
    }
    return words.filter((text) => text.trim() !== '');
  });
}

export function appearanceFlow(setting) {
  describe('the page', () => {
    it('is painted from one answer of the server and what it names', () =>
      withPage(setting, '#/upload', async (page) => {
        setting.measured.first_paint_ms = await page.evaluate(
          () =>
            new Promise((resolve) => {
              new PerformanceObserver((list) => {
                const entry = list.getEntriesByName('first-contentful-paint')[0];
                if (entry) resolve(entry.startTime);
              }).observe({ type: 'paint', buffered: true });
            }),
        );
        // What stands between the request and the paint, whatever else the machine is doing.
        const blocking = await page.evaluate(() =>
          performance
            .getEntriesByType('resource')
            .filter(({ renderBlockingStatus }) => renderBlockingStatus === 'blocking')
            .map(({ name }) => name.replace(/.*\./, '')),
        );
        assert.deepEqual(blocking, ['css']);
      }));

    it('has no serious fault of accessibility on any screen, and a word for everything', () =>
      withPage(setting, '#/upload', (page) =>
        walk(page, async (name) => {
          assert.deepEqual(rawNames(await ownWords(page)), [], name);
          await look(page, setting, name);
        }),
      ));

    it('speaks English on every screen once switched, and remembers it', () =>
      withPage(setting, '#/upload', async (page) => {
        await clickText(page, 'header button', 'English');
        await waitForText(page, 'Drop files or folders here');
        await page.reload();
        await waitForText(page, 'Drop files or folders here');
        assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
        await walk(page, async (name) => {
          const words = await ownWords(page);
          const chinese = words.filter((text) => /\p{Script=Han}/u.test(text.replace('中文', '')));
          assert.deepEqual([...chinese, ...rawNames(words)], [], name);
          await look(page, setting, `${name}_english`);
        });
      }));

    it('links to the page of the API at the top right', () =>
      withPage(setting, '#/upload', async (page) => {
        const link = await byText(page, 'header a', 'API');
        assert.equal(await link.evaluate((element) => element.getAttribute('href')), '/docs');
        const { x, width } = await link.boundingBox();
        assert.ok(x + width > 1366 - 40);
        assert.equal(await page.evaluate(async () => (await fetch('/docs')).status), 200);
      }));
  });
}
