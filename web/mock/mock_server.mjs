// A stand-in for `medmark serve` while working on the page alone: serves dist/ and the documents of a folder that
// `medmark parse` wrote. Usage: node mock/mock_server.mjs RESULTS SOURCES [PORT]; SOURCES holds the parsed files.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, extname, join, normalize } from 'node:path';

const [results, sources, port = '7861'] = process.argv.slice(2);
const dist = new URL('../dist', import.meta.url).pathname;
const pictures = mkdtempSync(join(tmpdir(), 'mock-pages-'));
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
};

const documents = new Map();
const tasks = [];
for (const name of readdirSync(results).filter((entry) => entry.endsWith('.json'))) {
  const document = JSON.parse(readFileSync(join(results, name), 'utf8'));
  const id = basename(name, '.json');
  documents.set(id, {
    id,
    file_name: document.source.file_name,
    status: 'completed',
    state: 'draft',
    created_at: new Date().toISOString(),
    patient_key: id,
    document_type: document.clinical.document_type,
    patient_name: document.clinical.patient?.name,
    content: document.content,
    parameters: {},
    page_count: document.pages.length,
    document,
  });
  tasks.push({
    id: `t-${id}`,
    document_id: id,
    file_name: document.source.file_name,
    status: 'completed',
    progress: { pages_done: 1, pages: 1 },
    created_at: new Date().toISOString(),
  });
}
tasks.push({
  id: 'a',
  document_id: 'x',
  file_name: '扫描件_0034.pdf',
  status: 'running',
  progress: { pages_done: 3, pages: 12 },
  created_at: new Date().toISOString(),
});
tasks.push({
  id: 'b',
  document_id: 'x',
  file_name: '出院记录.pdf',
  status: 'queued',
  queue_position: 1,
  created_at: new Date().toISOString(),
});
tasks.push({
  id: 'c',
  document_id: 'x',
  file_name: '坏文件.pdf',
  status: 'failed',
  error: { code: 'corrupt_document', message: 'x' },
  created_at: new Date().toISOString(),
});
const defaults = { progress: { pages_done: 0, pages: 0 }, queue_position: 0, error: null, finished_at: null };
const first = [...documents.keys()][0];
tasks.push({
  id: 'p',
  document_id: first,
  file_name: documents.get(first).file_name,
  status: 'prepared',
  created_at: new Date().toISOString(),
});

function pagePicture(id, page, width) {
  const source = join(sources, documents.get(id).file_name);
  if (extname(source) !== '.pdf') return source;
  const stem = join(pictures, `${id}-${page}-${width}`);
  if (!existsSync(`${stem}.png`)) {
    const number = String(Number(page) + 1);
    execFileSync('pdftoppm', [
      '-png',
      '-singlefile',
      '-f',
      number,
      '-l',
      number,
      '-scale-to-x',
      width,
      '-scale-to-y',
      '-1',
      source,
      stem,
    ]);
  }
  return `${stem}.png`;
}

function answer(response, value, status = 200) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}

function sendFile(response, path) {
  if (!existsSync(path)) return answer(response, { error: { code: 'not_found', message: '' } }, 404);
  response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' });
  return response.end(readFileSync(path));
}

function labSeries(item) {
  const values = [88, 104, 131, 96];
  const points = values.map((value, index) => ({
    document_id: first,
    index,
    name: item,
    date: `2024-0${index + 1}-11`,
    value: String(value),
    value_num: value,
    unit: 'μmol/L',
    low: 57,
    high: 97,
    flag: value > 97 ? 'H' : '',
    needs_review: index === 2,
  }));
  return { item, points };
}

const NOW = new Date().toISOString();
const ADMINISTRATION = {
  users: {
    users: [
      {
        id: '1',
        name: 'admin',
        role: 'administrator',
        disabled: false,
        locked: false,
        must_change_password: false,
        created_at: NOW,
        last_login_at: NOW,
      },
      {
        id: '2',
        name: 'reader',
        role: 'viewer',
        disabled: true,
        locked: true,
        must_change_password: true,
        created_at: NOW,
        last_login_at: null,
      },
    ],
  },
  api_keys: {
    api_keys: [
      {
        id: '1',
        name: 'his',
        scopes: ['write'],
        created_by: 'admin',
        created_at: NOW,
        last_used_at: null,
        expires_at: null,
      },
    ],
  },
  settings: {
    limits: {
      max_body_bytes: 209715200,
      max_pages: 1000,
      max_pixels: 100000000,
      max_queued_tasks: 10000,
      max_files: 500,
    },
    thresholds: { memory_bytes: 8589934592, disk_free_bytes: 5368709120, queued_tasks: 1000 },
    sessions: { idle_minutes: 30, absolute_hours: 12 },
    upload: { start_at_once: false },
  },
  watch: {
    folders: [
      {
        name: 'incoming',
        state: 'running',
        waiting: 3,
        done: 120,
        failed: 1,
        schedule: '22:00-06:00',
        in_schedule: true,
        last_error: null,
      },
    ],
  },
  system: {
    version: '0.1.0',
    engine: {
      state: 'ready',
      error: null,
      device_note: '',
      processes: 1,
      restarts: 0,
      pages_done: 321,
      resident_bytes: [1234567890],
    },
    memory_bytes: 123456789,
    disk_free_bytes: 9e10,
    disk_total_bytes: 2e11,
    uptime_s: 7200,
    warnings: [],
  },
  'lexicon/suggestions': { suggestions: [{ id: '1', original: '肌軒', value: '肌酐', count: 4, state: 'open' }] },
  audit: {
    entries: [
      {
        number: 2,
        time: NOW,
        actor: 'admin',
        action: 'document.read',
        subject: '01hx',
        result: 'ok',
        address: '127.0.0.1',
      },
    ],
    total: 1,
  },
};

function route(request, response) {
  const url = new URL(request.url, 'http://localhost');
  const path = url.pathname;
  if (path === '/health') return answer(response, { engine: { state: 'ready' } });
  if (path === '/api/v1/session')
    return answer(response, {
      authentication: false,
      user: { id: '', name: 'local', role: 'administrator', must_change_password: false },
      csrf_token: '',
    });
  if (path === '/api/v1/tasks') return answer(response, { tasks: tasks.map((task) => ({ ...defaults, ...task })) });
  if (path === '/api/v1/events') return response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  if (path === '/api/v1/documents')
    return answer(response, {
      documents: [...documents.values()].map((record) => ({ ...record, document: undefined, content: undefined })),
      total: documents.size,
    });
  if (path === '/api/v1/filters')
    return answer(response, { filters: [{ id: '1', name: '近期异常', query: 'needs_review=true' }] });
  if (path.endsWith('/lab_items'))
    return answer(response, { items: ['肌酐', '白蛋白', '血红蛋白'].map((item) => ({ item, unit: 'g/L', count: 4 })) });
  if (path.endsWith('/labs')) return answer(response, { series: url.searchParams.getAll('item').map(labSeries) });
  const canned = ADMINISTRATION[path.replace('/api/v1/', '')];
  if (canned) return answer(response, canned);
  const part = /^\/api\/v1\/documents\/([^/]+)(?:\/(.*))?$/.exec(path);
  if (part) {
    const id = decodeURIComponent(part[1]);
    const known = documents.get(id);
    if (!known) return answer(response, { error: { code: 'not_found', message: '' } }, 404);
    if (!part[2]) return answer(response, known);
    if (part[2] === 'content') return response.end(known.content);
    if (part[2] === 'pages')
      return answer(response, {
        pages: known.document.pages.map(({ index, width, height }) => ({
          index,
          width,
          height,
          warning: index ? 'low resolution' : '',
        })),
        page_count: known.document.pages.length,
      });
    if (part[2] === 'corrections') return answer(response, { corrections: [] });
    const page = /^pages\/(\d+)\/image$/.exec(part[2]);
    if (page) return sendFile(response, pagePicture(id, page[1], url.searchParams.get('width') ?? '900'));
    const asset = /^assets\/([\w.-]+)$/.exec(part[2]);
    if (asset) return sendFile(response, join(results, `${id}.assets`, asset[1]));
  }
  if (path.startsWith('/api/')) return answer(response, { error: { code: 'not_found', message: '' } }, 404);
  return sendFile(response, join(dist, normalize(path === '/' ? '/index.html' : path)));
}

createServer(route).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));
