// Login, the first password, what each role sees and does; administration.
import assert from 'node:assert/strict';
import { copyFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { byText, chooseFiles, clickText, downloadOf, look, waitForNotice, withPage } from './browser.mjs';
import { NURSING_LINE, nursingRecord } from './files.mjs';
import { parseAtOnce } from './queue_flow.mjs';
import { readZip } from './zip_file.mjs';

const NEW_PASSWORD = 'a-new-password-1';
const FIRST_PASSWORD = 'given-by-the-administrator';
const OWN_PASSWORD = 'chosen-by-oneself';
const CORRECTED_LINE = 'No complaint at all.';

async function signIn(page, name, password) {
  await page.waitForSelector('input[autocomplete="username"]');
  await page.type('input[autocomplete="username"]', name);
  await page.type('input[autocomplete="current-password"]', password);
  await page.keyboard.press('Enter');
}

async function choosePassword(page, old, next) {
  await byText(page, 'main', '首次登录');
  await page.type('input[autocomplete="current-password"]', old);
  for (const field of await page.$$('input[autocomplete="new-password"]')) await field.type(next);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.header');
}

async function addUser(page, name, role) {
  const form = await page.waitForSelector('.administration form');
  await (await form.$('input[type="text"], input:not([type])')).type(name);
  await (await form.$('select')).select(role);
  await (await form.$('input[autocomplete="new-password"]')).type(FIRST_PASSWORD);
  await clickText(page, '.administration form button', '新增账号');
  await page.waitForSelector(`tr[data-user="${name}"]`);
}

export function accountsFlow(setting) {
  // A page with the administrator signed in.
  const asAdministrator = (fragment, work) =>
    withPage(setting, fragment, async (page) => {
      await signIn(page, setting.administrator.name, NEW_PASSWORD);
      await page.waitForSelector('.header');
      await work(page);
    });

  describe('accounts', () => {
    it('keep a wrong password out, in words', () =>
      withPage(setting, '#/upload', async (page) => {
        await page.waitForSelector('input[autocomplete="username"]');
        await look(page, setting, 'login');
        assert.deepEqual(page.troubles, [], 'that nobody is signed in is no failure');
        page.expectedStatuses.add('401'); // the refusal itself
        await signIn(page, setting.administrator.name, 'not the password');
        await byText(page, '[role="alert"]', '用户名或密码不对');
      }));

    it('ask the first administrator for a new password, and let him make others', () =>
      withPage(setting, '#/administration/users', async (page) => {
        await signIn(page, setting.administrator.name, setting.administrator.password);
        await byText(page, 'main', '首次登录');
        await look(page, setting, 'first_password');
        await choosePassword(page, setting.administrator.password, NEW_PASSWORD);
        await page.waitForSelector('tr[data-user]');
        await addUser(page, 'reader', 'viewer');
        await addUser(page, 'clerk', 'operator');
        await look(page, setting, 'administration_users');
        await clickText(page, 'tr[data-user="reader"] button', '重设密码');
        await page.waitForSelector('[role="dialog"] input[type="password"]');
        await look(page, setting, 'administration_reset');
        await page.keyboard.press('Escape');
        await page.waitForFunction(() => document.querySelector('[role="dialog"]') === null);
        await clickText(page, 'header button', setting.administrator.name);
        await clickText(page, '[role="menuitem"]', '退出');
        await page.waitForSelector('input[autocomplete="username"]');
      }));

    it('show a reader neither upload nor administration nor a way to change anything', () =>
      withPage(setting, '#/upload', async (page) => {
        await signIn(page, 'reader', FIRST_PASSWORD);
        await choosePassword(page, FIRST_PASSWORD, OWN_PASSWORD);
        await byText(page, 'main', '只能查看');
        assert.equal(await page.$('.drop-zone'), null);
        assert.equal(await page.$('header a[href="#/administration"]'), null);
        page.expectedStatuses.add('403');
        assert.equal(await page.evaluate(async () => (await fetch('/api/v1/users')).status), 403);
        await page.goTo('#/administration/users');
        await byText(page, 'main', '您没有此权限 (forbidden)');
      }));

    it("put the operator's name to a correction", () =>
      withPage(setting, '#/upload', async (page) => {
        await signIn(page, 'clerk', FIRST_PASSWORD);
        await choosePassword(page, FIRST_PASSWORD, OWN_PASSWORD);
        await parseAtOnce(page);
        await chooseFiles(page, [nursingRecord(setting.folder, 1, 'ward.pdf')]);
        await clickText(page, 'tr[data-status="completed"] a', 'ward.pdf');
        const line = await byText(page, '.result .block', NURSING_LINE);
        await line.click({ count: 2 });
        await page.waitForSelector('.inline-editor textarea');
        await page.keyboard.type(CORRECTED_LINE);
        await page.keyboard.press('Enter');
        await byText(page, '.result .block.is-corrected', CORRECTED_LINE);
        await clickText(page, '[role="tab"]', '修改记录');
        await byText(page, '.history tbody tr', 'clerk');
      }));

    it('let a reader read that document and not change it', () =>
      withPage(setting, '#/archive', async (page) => {
        await signIn(page, 'reader', OWN_PASSWORD);
        await clickText(page, 'tr[data-document] a', 'ward.pdf');
        const line = await byText(page, '.result .block', CORRECTED_LINE);
        await line.click({ count: 2 });
        await page.keyboard.press('e');
        await new Promise((resolve) => setTimeout(resolve, 300));
        assert.equal(await page.$('.inline-editor'), null);
        assert.equal(await page.$('[aria-label="删除文档"]'), null);
      }));
  });

  describe('administration', () => {
    it('approves what corrections suggest for the lexicon', () =>
      asAdministrator('#/administration/lexicon', async (page) => {
        const row = await byText(page, '.administration tbody tr', CORRECTED_LINE);
        assert.match(await row.evaluate((element) => element.textContent), new RegExp(NURSING_LINE));
        await look(page, setting, 'administration_lexicon');
        await clickText(page, '.administration tbody button', '批准');
        await byText(page, '.administration tbody tr', '已批准');

        // It is in force for what is parsed from now on, and that document says so.
        await page.goTo('#/upload');
        await parseAtOnce(page);
        await chooseFiles(page, [nursingRecord(setting.folder, 1, 'after_approval.pdf')]);
        await clickText(page, 'tr[data-status="completed"] a', 'after_approval.pdf');
        await page.waitForSelector('.document-bar');
        const lexicons = await page.evaluate(async () => {
          const id = /documents\/([^?]+)/.exec(location.hash)[1];
          return (await (await fetch(`/api/v1/documents/${id}`)).json()).document.engine.lexicons;
        });
        assert.ok(lexicons.find(({ name }) => name === 'local_words')?.version);
      }));

    it('gives the corrections away as a training set', () =>
      asAdministrator('#/administration/lexicon', async (page) => {
        const set = readZip(await downloadOf(page, () => clickText(page, 'button', '导出训练集')));
        const samples = String(set.get('samples.jsonl')).trim().split('\n').map(JSON.parse);
        const sample = samples.find(({ truth }) => truth === CORRECTED_LINE);
        assert.equal(sample.read, NURSING_LINE);
        assert.equal(sample.bbox.length, 4);
        assert.equal(set.get(sample.crop).subarray(1, 4).toString(), 'PNG');
        assert.ok(set.get(sample.picture).length > 1000);
      }));

    it('makes a key, shows it once, and takes it back', () =>
      asAdministrator('#/administration/keys', async (page) => {
        const form = await page.waitForSelector('.administration form');
        await (await form.$('input')).type('nightly import');
        await clickText(page, '.administration form button', '新建密钥');
        const key = await (await page.waitForSelector('.administration code')).evaluate((code) => code.textContent);
        await look(page, setting, 'administration_keys');
        const status = await fetch(`${setting.base}/api/v1/documents`, { headers: { Authorization: `Bearer ${key}` } });
        assert.equal(status.status, 200);
        await clickText(page, 'tbody button', '删除');
        await clickText(page, '[role="dialog"] button', '删除');
        await page.waitForFunction(() => document.querySelector('.administration tbody tr') === null);
        const after = await fetch(`${setting.base}/api/v1/documents`, { headers: { Authorization: `Bearer ${key}` } });
        assert.equal(after.status, 401);
      }));

    it('changes limits and thresholds, and warns where one is passed', () =>
      asAdministrator('#/administration/settings', async (page) => {
        const field = (await byText(page, 'label', '内存超过时警告')).evaluateHandle((label) =>
          document.getElementById(label.htmlFor),
        );
        const input = (await field).asElement();
        const before = await input.evaluate((element) => element.value);
        const set = async (value) => {
          const label = await byText(page, 'label', '内存超过时警告');
          const box = (await label.evaluateHandle((element) => document.getElementById(element.htmlFor))).asElement();
          await box.click({ count: 3 });
          await page.keyboard.type(value);
          await clickText(page, '.administration button', '保存');
          await waitForNotice(page, '已保存');
        };
        await set('1');
        await page.goTo('#/administration/engine');
        await byText(page, '[role="alert"]', '内存使用超过阈值');
        await byText(page, '.facts tr', '模型');
        await byText(page, '.facts tr', '词库');
        await look(page, setting, 'administration_engine');
        await page.goTo('#/administration/settings');
        await set(before.replaceAll(',', ''));
        await look(page, setting, 'administration_settings');
      }));

    it('shows the watched folder, its schedule and what it has done', () =>
      asAdministrator('#/administration/watch', async (page) => {
        await byText(page, 'tbody tr', '00:00-23:59');
        const made = nursingRecord(setting.folder, 1, 'dropped_at_night.pdf');
        copyFileSync(made, join(setting.incoming, '.copying'));
        renameSync(join(setting.incoming, '.copying'), join(setting.incoming, 'dropped_at_night.pdf'));
        await page.waitForFunction(() => /1 \/ 0/.test(document.querySelector('tbody tr')?.textContent ?? ''), {
          timeout: 60_000,
        });
        await look(page, setting, 'administration_watch');
      }));

    it('shows the audit log and that its chain is whole', () =>
      asAdministrator('#/administration/audit', async (page) => {
        // Who signed in, in words.
        await page.waitForFunction(() =>
          [...document.querySelectorAll('tbody tr')].some((row) => /clerk.*登录.*成功/.test(row.textContent)),
        );
        await clickText(page, 'button', '验证日志链');
        await waitForNotice(page, '日志链完整');
        await look(page, setting, 'administration_audit');
      }));
  });
}
