// Documents: list and search, result, corrections, states, downloads.
import { address, API, requestJson, requestText } from './request';
import type { Task } from './tasks';
import type { ApiErrorBody, DocumentJson, TaskStatus } from './types';

export type ReviewState = 'draft' | 'reviewed' | 'released';

// A document as lists show it. Times are ISO 8601.
export interface DocumentSummary {
  id: string;
  file_name: string;
  media_type: string;
  page_count: number;
  parameters: Record<string, string>;
  status: TaskStatus;
  state: ReviewState;
  task_id: string;
  created_at: string;
  created_by: string;
  parsed_at: string | null;
  document_type: string;
  title: string;
  patient_name: string;
  patient_key: string;
  report_date: string;
  needs_review: boolean;
  correction_count: number;
}

// Highlights are [begin, end) in code points of the text.
export interface Snippet {
  text: string;
  highlights: [number, number][];
}

export interface DocumentHit extends DocumentSummary {
  snippets?: Snippet[];
}

export interface DocumentPage {
  documents: DocumentHit[];
  total: number;
}

export interface DocumentRecord extends DocumentSummary {
  content: string | null;
  document: DocumentJson | null;
}

export interface Correction {
  id: string;
  target: string;
  original: string;
  value: string;
  author: string;
  time: string;
  undone: boolean;
}

export interface PagePreview {
  index: number;
  width: number;
  height: number;
  warning: string; // empty, or why the page is probably too poor to be read
}

function documentPath(id: string, rest = ''): string {
  return `${API}/documents/${encodeURIComponent(id)}${rest}`;
}

export function pageImageAddress(id: string, page: number, width: number): string {
  return address(documentPath(id, `/pages/${String(page)}/image`), { width });
}

export function assetAddress(id: string, name: string): string {
  return documentPath(id, `/assets/${encodeURIComponent(name)}`);
}

// `query` holds the search's parameters as docs/api.md names them.
export function searchDocuments(query: URLSearchParams): Promise<DocumentPage> {
  return requestJson(`${API}/documents?${query.toString()}`);
}

export function loadDocument(id: string): Promise<DocumentRecord> {
  return requestJson(documentPath(id));
}

export interface Previews {
  pages: PagePreview[];
  page_count: number;
  media_type: string;
  error: ApiErrorBody | null; // why the file cannot be opened
}

// Word and PowerPoint files have no page pictures.
export function hasPagePictures(mediaType: string): boolean {
  return mediaType === 'application/pdf' || mediaType.startsWith('image/');
}

export function loadPreviews(id: string): Promise<Previews> {
  return requestJson(documentPath(id, '/pages'));
}

export function loadContent(id: string): Promise<string> {
  return requestText(documentPath(id, '/content'));
}

export function deleteDocument(id: string): Promise<unknown> {
  return requestJson(documentPath(id), { method: 'DELETE' });
}

export async function loadCorrections(id: string): Promise<Correction[]> {
  return (await requestJson<{ corrections: Correction[] }>(documentPath(id, '/corrections'))).corrections;
}

export function correct(id: string, corrections: { target: string; value: string }[]): Promise<DocumentRecord> {
  return requestJson(documentPath(id), { method: 'PATCH', json: { corrections } });
}

export function undoCorrection(id: string, correction: string): Promise<DocumentRecord> {
  return requestJson(documentPath(id), { method: 'PATCH', json: { undo: [correction] } });
}

export function setReviewState(id: string, state: ReviewState): Promise<DocumentRecord> {
  return requestJson(documentPath(id), { method: 'PATCH', json: { state } });
}

export function bundleAddress(id: string): string {
  return documentPath(id, '/bundle');
}

export function labCsvAddress(id: string): string {
  return documentPath(id, '/lab_results.csv');
}

export function jsonAddress(id: string): string {
  return documentPath(id, '/json');
}

// Parses the files again without what names the patient; answers the task, whose document is the de-identified one.
export async function deidentify(id: string): Promise<Task | undefined> {
  return (await requestJson<{ tasks: Task[] }>(documentPath(id, '/deidentified'), { method: 'POST' })).tasks[0];
}

export function exportAddress(ids: string[], releasedOnly: boolean): string {
  return address(`${API}/export`, { ids: ids.join(','), state: releasedOnly ? 'released' : undefined });
}
