// The page end to end: the real server, real documents, headless Chromium. See docs/page.md for how to run it.
import { mkdirSync } from 'node:fs';
import { after, before, describe } from 'node:test';

import { accountsFlow } from './accounts_flow.mjs';
import { appearanceFlow } from './appearance_flow.mjs';
import { startBrowser } from './browser.mjs';
import { dischargeSummaryFlow } from './discharge_summary_flow.mjs';
import { hostileDocumentFlow } from './hostile_document_flow.mjs';
import { longDocumentFlow } from './long_document_flow.mjs';
import { startServer } from './program.mjs';
import { queueFlow } from './queue_flow.mjs';

const pictures = process.env.MEDMARK_PICTURES;

describe('without accounts', () => {
  const setting = { measured: {}, pictures };
  let server;
  before(async () => {
    if (pictures) mkdirSync(pictures, { recursive: true });
    server = await startServer();
    setting.base = server.base;
    setting.folder = server.folder;
    setting.browser = await startBrowser();
  });
  after(async () => {
    await setting.browser?.close();
    await server?.stop();
    console.log(JSON.stringify(setting.measured));
  });
  dischargeSummaryFlow(setting);
  queueFlow(setting);
  longDocumentFlow(setting);
  hostileDocumentFlow(setting);
  appearanceFlow(setting);
});

describe('with accounts', () => {
  const setting = {};
  let server;
  before(async () => {
    server = await startServer({ accounts: true });
    setting.base = server.base;
    setting.administrator = server.administrator();
    setting.browser = await startBrowser();
  });
  after(async () => {
    await setting.browser?.close();
    await server?.stop();
  });
  accountsFlow(setting);
});
