// The page end to end: the real server, real documents, headless Chromium. See docs/page.md for how to run it.
import { mkdirSync } from 'node:fs';
import { after, before, describe } from 'node:test';

import { accountsFlow } from './accounts_flow.mjs';
import { appearanceFlow } from './appearance_flow.mjs';
import { archiveFlow } from './archive_flow.mjs';
import { startBrowser } from './browser.mjs';
import { dischargeSummaryFlow } from './discharge_summary_flow.mjs';
import { hostileDocumentFlow } from './hostile_document_flow.mjs';
import { keyboardFlow } from './keyboard_flow.mjs';
import { longDocumentFlow } from './long_document_flow.mjs';
import { startServer } from './program.mjs';
import { queueFlow } from './queue_flow.mjs';
import { uploadFlow } from './upload_flow.mjs';

const pictures = process.env.MEDMARK_PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });
const wanted = process.env.MEDMARK_FLOWS?.split(','); // such as `upload,queue`; all where not given

// A server and a browser of its own for the flows within.
function suite(name, options, all) {
  const flows = all.filter((flow) => !wanted || wanted.includes(flow.name.replace('Flow', '')));
  if (flows.length === 0) return;
  describe(name, () => {
    const setting = { measured: {}, pictures };
    let server;
    before(async () => {
      server = await startServer(options);
      setting.base = server.base;
      setting.folder = server.folder;
      setting.incoming = server.incoming;
      setting.administrator = server.administrator?.();
      setting.browser = await startBrowser();
    });
    after(async () => {
      await setting.browser?.close();
      await server?.stop();
      if (Object.keys(setting.measured).length > 0) console.log(JSON.stringify(setting.measured));
    });
    for (const flow of flows) flow(setting);
  });
}

suite('without accounts', {}, [
  uploadFlow,
  queueFlow,
  dischargeSummaryFlow,
  archiveFlow,
  keyboardFlow,
  longDocumentFlow,
  hostileDocumentFlow,
  appearanceFlow,
]);
suite('with accounts', { accounts: true, watched: true }, [accountsFlow]);
