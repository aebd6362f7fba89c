// How files come in: dropped, chosen, as a folder, several as one document; what is said before anything is parsed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { byText, chooseFiles, clickText, dropFiles, look, waitForNotice, waitForText, withPage } from './browser.mjs';
import { brokenFile, nursingRecord, reportFolder, sample, tinyPrint, wordDocument } from './files.mjs';
import { lockedDocument } from './locked_document.mjs';
import { isSwitchedOn, parseAtOnce } from './queue_flow.mjs';

const PASSWORD = 'ward-seven';

// The upload screen with nothing that waits to be parsed.
async function withUpload(setting, work) {
  const tasks = `${setting.base}/api/v1/tasks`;
  const waiting = await (await fetch(`${tasks}?status=prepared`)).json();
  for (const { id } of waiting.tasks) await fetch(`${tasks}/${id}`, { method: 'DELETE' });
  return withPage(setting, '#/upload', work);
}

const preparedNames = (page) =>
  page.$$eval('.prepared', (cards) => cards.map((card) => card.querySelector('p')?.textContent ?? '').sort());

const waitForPrepared = (page, count) =>
  page.waitForFunction((wanted) => document.querySelectorAll('.prepared').length === wanted, {}, count);

export function uploadFlow(setting) {
  describe('the upload', () => {
    it('says that models are loading until the engine is ready', () =>
      withPage(setting, '', async (page) => {
        let isLoading = true;
        await page.setRequestInterception(true);
        page.on('request', (request) => {
          if (!isLoading || !request.url().endsWith('/health')) return request.continue();
          const body = JSON.stringify({ status: 'ok', engine: { state: 'loading' }, warnings: [] });
          return request.respond({ contentType: 'application/json', body });
        });
        await page.reload();
        await byText(page, '.upload [role="alert"]', '正在加载模型');
        await byText(page, 'header [role="status"]', '正在加载模型');
        isLoading = false;
        await byText(page, 'header [role="status"]', '引擎就绪');
        await page.waitForFunction(() => !document.body.textContent.includes('正在加载模型'));
      }));

    it('takes files and folders dropped together, and leaves out what is no report', () =>
      withUpload(setting, async (page) => {
        const single = nursingRecord(setting.folder, 2, 'dropped.pdf');
        await dropFiles(page, '.drop-zone', [single, reportFolder(setting.folder)]);
        await waitForNotice(page, '个文件的格式不支持，已跳过');
        await waitForPrepared(page, 3);
        assert.deepEqual(await preparedNames(page), ['bed_1.pdf', 'bed_2.pdf', 'dropped.pdf']);
        await byText(page, '.prepared', '2 页');
        await page.waitForSelector('.prepared-pages img');
        await look(page, setting, 'upload_prepared');
        await clickText(page, '.prepared button', '移除');
        await waitForPrepared(page, 2);
      }));

    it('takes a chosen folder with its subfolders', () =>
      withUpload(setting, async (page) => {
        await chooseFiles(page, [reportFolder(setting.folder)], 'folder');
        await waitForPrepared(page, 2);
        assert.deepEqual(await preparedNames(page), ['bed_1.pdf', 'bed_2.pdf']);
      }));

    it('joins several pictures as the pages of one document', () =>
      withUpload(setting, async (page) => {
        await clickText(page, 'label', '多张图片合并');
        await chooseFiles(page, [sample('ultrasound_report_english.png'), tinyPrint(setting.folder)]);
        await waitForPrepared(page, 1);
        await byText(page, '.prepared', '2 页');
        await page.waitForFunction(() => document.querySelectorAll('.prepared-pages img').length === 2);
      }));

    it('warns of a page that is too poor to be read, with the reason', () =>
      withUpload(setting, async (page) => {
        await chooseFiles(page, [tinyPrint(setting.folder, 'poor.bmp')]);
        await byText(page, '.prepared .warning', '有 1 页可能太差');
        await byText(page, '.prepared .is-poor figcaption', '分辨率太低');
        await look(page, setting, 'upload_poor');
      }));

    it('explains every option, refuses what is out of its limits, and parses as it was set', () =>
      withUpload(setting, async (page) => {
        await clickText(page, 'button', '高级设置');
        await byText(page, '.settings', '扫描分辨率');
        const names = await page.evaluate(async () =>
          (await (await fetch('/api/v1/options')).json()).options.map(({ name }) => name),
        );
        const words = [
          '版面模型',
          '表格识别',
          '表格检测阈值',
          '文字语言',
          '识别批量',
          '扫描分辨率',
          '页码范围',
          '文档密码',
          '去标识化',
        ];
        assert.equal(names.length, words.length);
        for (const word of words) await byText(page, '.settings', word);
        await look(page, setting, 'upload_settings');

        const label = await byText(page, '.settings label', '页码范围');
        const pages = await label.evaluateHandle((element) => document.getElementById(element.htmlFor));
        await pages.type('x');
        await waitForText(page, '格式应为 1-3,7');
        assert.equal(await page.$eval('.drop-zone button', (button) => button.disabled), true);
        await pages.press('Backspace');
        await pages.type('2');
        await parseAtOnce(page);
        await chooseFiles(page, [nursingRecord(setting.folder, 3, 'one_of_three.pdf')]);
        const link = await page.waitForSelector('tr[data-status="completed"] td:first-child a');
        await link.click();
        await page.waitForSelector('.result');
        await waitForText(page, 'Nursing record 2 of one_of_three.pdf');
        assert.equal(await page.$$eval('.thumbnail', (thumbnails) => thumbnails.length), 1);
      }));

    it('asks for the password of an encrypted document', () =>
      withUpload(setting, async (page) => {
        await parseAtOnce(page);
        await chooseFiles(page, [lockedDocument(setting.folder, PASSWORD)]);
        const answer = async (password) => {
          await clickText(page, 'tr[data-status="failed"] button', '输入密码');
          await page.waitForSelector('[role="dialog"] input[type="password"]');
          await look(page, setting, 'upload_password');
          await page.type('[role="dialog"] input[type="password"]', password);
          await page.keyboard.press('Enter');
          await page.waitForFunction(() => document.querySelector('[role="dialog"]') === null);
        };
        await byText(page, 'tr[data-status="failed"]', '(password_required)');
        await answer('not it');
        await byText(page, 'tr[data-status="failed"]', '文档密码不对 (wrong_password)');
        await answer(PASSWORD);
        await clickText(page, 'tr[data-status="completed"] a', 'locked.pdf');
        await waitForText(page, 'Locked nursing record');
      }));

    it('says at once that a file that waits is broken or locked, and parses the locked one with its password', () =>
      withUpload(setting, async (page) => {
        await chooseFiles(page, [
          brokenFile(setting.folder, 'broken_early.pdf'),
          lockedDocument(setting.folder, PASSWORD, 'locked_early.pdf'),
        ]);
        await byText(page, '.prepared', '文件已损坏，无法读取 (corrupt_document)');
        await byText(page, '.prepared', '(password_required)');
        await look(page, setting, 'upload_refused');
        await clickText(page, '.prepared button', '输入密码');
        await page.waitForSelector('[role="dialog"] input[type="password"]');
        await page.type('[role="dialog"] input[type="password"]', PASSWORD);
        await page.keyboard.press('Enter');
        await byText(page, 'tr[data-status="completed"]', 'locked_early.pdf');
        // What is removed before it was parsed leaves nothing behind.
        await clickText(page, '.prepared button', '移除');
        await waitForPrepared(page, 0);
        const { tasks } = await (await fetch(`${setting.base}/api/v1/tasks?limit=200`)).json();
        assert.ok(!tasks.some(({ file_name: name }) => name === 'broken_early.pdf'));
      }));

    it('reads a Word document, which has no pictures of its pages, and says so', () =>
      withUpload(setting, async (page) => {
        await chooseFiles(page, [wordDocument(setting.folder, 'ward_round.docx', ['查房记录', '患者无不适。'])]);
        await byText(page, '.prepared', '没有页面缩略图');
        await clickText(page, '.card button', '开始解析');
        await clickText(page, 'tr[data-status="completed"] a', 'ward_round.docx');
        await byText(page, '.result .block', '患者无不适。');
        await byText(page, '.only-result', '没有页面图像');
        assert.equal(await page.$('.picture, .thumbnails'), null);
        await look(page, setting, 'document_office');
      }));

    it('starts at once where the administrator has set it so, unless the reader chose otherwise', () =>
      withPage(setting, '#/administration/settings', async (page) => {
        await page.evaluate(() => localStorage.clear());
        await clickText(page, 'label', '上传后立即解析');
        await clickText(page, 'button', '保存');
        await waitForNotice(page, '已保存');
        await page.goTo('#/upload');
        await page.reload();
        await page.waitForFunction(() => document.querySelector('.upload input[role="switch"]:checked') !== null);
        assert.equal(await isSwitchedOn(page, '上传后立即解析'), true);
        await clickText(page, 'label', '上传后立即解析');
        await page.reload();
        await page.waitForSelector('.upload .drop-zone');
        assert.equal(await isSwitchedOn(page, '上传后立即解析'), false);
        await page.goTo('#/administration/settings');
        await clickText(page, 'label', '上传后立即解析');
        await clickText(page, 'button', '保存');
        await waitForNotice(page, '已保存');
      }));

    it('says in plain words and with its code why a file failed, and offers to try again', () =>
      withUpload(setting, async (page) => {
        await parseAtOnce(page);
        await chooseFiles(page, [brokenFile(setting.folder)]);
        const row = await byText(page, 'tr[data-status="failed"]', 'broken.pdf');
        const text = await row.evaluate((element) => element.textContent);
        assert.match(text, /文件已损坏|不支持这种文件格式/);
        assert.match(text, /\((corrupt_document|unsupported_format)\)/);
        assert.match(text, /重试/);
      }));
  });
}
