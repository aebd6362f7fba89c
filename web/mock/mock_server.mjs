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

function route(request, response) {
  const url = new URL(request.url, 'http://localhost');
  const path = url.pathname;
  if (path === '/ready') return answer(response, { ready: true });
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
