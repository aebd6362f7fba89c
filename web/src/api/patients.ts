// One patient's laboratory values over time.
import { address, API, requestJson } from './request';

export interface LabItem {
  item: string; // the standard name where known, else the printed one
  unit: string;
  count: number;
}

export interface LabPoint {
  document_id: string;
  index: number;
  name: string;
  date: string; // ISO, empty where unknown
  value: string; // as printed
  value_num: number | null;
  unit: string;
  low: number | null;
  high: number | null;
  flag: string;
  needs_review: boolean;
}

export interface LabSeries {
  item: string;
  points: LabPoint[];
}

function patientPath(key: string, rest: string): string {
  return `${API}/patients/${encodeURIComponent(key)}/${rest}`;
}

export async function loadLabItems(key: string): Promise<LabItem[]> {
  return (await requestJson<{ items: LabItem[] }>(patientPath(key, 'lab_items'))).items;
}

function seriesAddress(key: string, items: string[], format?: string): string {
  const query = new URLSearchParams(items.map((item) => ['item', item]));
  if (format) query.set('format', format);
  return `${patientPath(key, 'labs')}?${query.toString()}`;
}

export async function loadLabSeries(key: string, items: string[]): Promise<LabSeries[]> {
  return (await requestJson<{ series: LabSeries[] }>(seriesAddress(key, items))).series;
}

export function labNumbersAddress(key: string, items: string[]): string {
  return seriesAddress(key, items, 'csv');
}

export function patientDocumentsQuery(key: string): URLSearchParams {
  return new URLSearchParams({ patient_key: key, limit: '200' });
}

// A key of a name and a sex only: two people may share it.
export function isWeakKey(key: string): boolean {
  return key.startsWith('w-');
}

export interface SavedFilter {
  id: string;
  name: string;
  query: string;
}

export async function loadFilters(): Promise<SavedFilter[]> {
  return (await requestJson<{ filters: SavedFilter[] }>(`${API}/filters`)).filters;
}

export function saveFilter(name: string, query: string): Promise<unknown> {
  return requestJson(`${API}/filters`, { method: 'POST', json: { name, query } });
}

export function deleteFilter(id: string): Promise<unknown> {
  return requestJson(address(`${API}/filters/${encodeURIComponent(id)}`), { method: 'DELETE' });
}
