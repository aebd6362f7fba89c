// Login, the first password, and what each role sees.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { byText, clickText, openPage } from './browser.mjs';

const NEW_PASSWORD = 'a-new-password-1';
const READER_FIRST = 'reader-first-pw';
const READER_NEW = 'reader-second-pw';

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
}

export function accountsFlow(setting) {
  describe('accounts', () => {
    it('keep a wrong password out, in words', async () => {
      const page = await openPage(setting.browser, setting.base);
      page.expectedStatuses.add('401');
      await page.goTo('#/upload');
      await signIn(page, setting.administrator.name, 'not the password');
      await byText(page, '[role="alert"]', '用户名或密码不对');
      assert.deepEqual(page.troubles, []);
      await page.done();
    });

    it('ask the first administrator for a new password, and let him make a reader', async () => {
      const page = await openPage(setting.browser, setting.base);
      page.expectedStatuses.add('401');
      await page.goTo('#/administration/users');
      await signIn(page, setting.administrator.name, setting.administrator.password);
      await choosePassword(page, setting.administrator.password, NEW_PASSWORD);
      await page.waitForSelector('tr[data-user]');
      const form = await page.waitForSelector('.administration form');
      await (await form.$('input[type="text"], input:not([type])')).type('reader');
      await (await form.$('select')).select('viewer');
      await (await form.$('input[autocomplete="new-password"]')).type(READER_FIRST);
      await clickText(page, '.administration form button', '新增账号');
      await page.waitForSelector('tr[data-user="reader"]');
      await clickText(page, 'header button', setting.administrator.name);
      await clickText(page, '[role="menuitem"]', '退出');
      await page.waitForSelector('input[autocomplete="username"]');
      assert.deepEqual(page.troubles, []);
      await page.done();
    });

    it('show a reader neither upload nor administration', async () => {
      const page = await openPage(setting.browser, setting.base);
      page.expectedStatuses.add('401');
      await page.goTo('#/upload');
      await signIn(page, 'reader', READER_FIRST);
      await choosePassword(page, READER_FIRST, READER_NEW);
      await byText(page, 'main', '只能查看');
      assert.equal(await page.$('.drop-zone'), null);
      assert.equal(await page.$('header a[href="#/administration"]'), null);
      const status = await page.evaluate(async () => (await fetch('/api/v1/users')).status);
      page.expectedStatuses.add('403');
      assert.equal(status, 403);
      await page.done();
    });
  });
}
