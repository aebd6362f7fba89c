// Accounts, keys, settings, audit log, watch folders, engine, lexicon: for administrators.
import { address, API, requestJson } from './request';
import type { ApiErrorBody } from './types';
import type { Role } from './session';

export interface User {
  id: string;
  name: string;
  role: Role;
  disabled: boolean;
  locked: boolean;
  must_change_password: boolean;
  created_at: string;
  last_login_at: string | null;
}

export type UserChange = Partial<{ role: Role; disabled: boolean; password: string; locked: false }>;

export async function loadUsers(): Promise<User[]> {
  return (await requestJson<{ users: User[] }>(`${API}/users`)).users;
}

export function addUser(user: { name: string; role: Role; password: string }): Promise<User> {
  return requestJson(`${API}/users`, { method: 'POST', json: user });
}

export function changeUser(id: string, change: UserChange): Promise<User> {
  return requestJson(`${API}/users/${encodeURIComponent(id)}`, { method: 'PATCH', json: change });
}

export function removeUser(id: string): Promise<unknown> {
  return requestJson(`${API}/users/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

export type Scope = 'read' | 'write' | 'admin';

export interface ApiKey {
  id: string;
  name: string;
  scopes: Scope[];
  created_by: string;
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
}

export async function loadKeys(): Promise<ApiKey[]> {
  return (await requestJson<{ api_keys: ApiKey[] }>(`${API}/api_keys`)).api_keys;
}

export function addKey(key: { name: string; scopes: Scope[]; expires_at?: string }): Promise<ApiKey & { key: string }> {
  return requestJson(`${API}/api_keys`, { method: 'POST', json: key });
}

export function removeKey(id: string): Promise<unknown> {
  return requestJson(`${API}/api_keys/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

// Groups of named numbers and switches; the page draws whatever the server names.
export type Settings = Record<string, Record<string, number | boolean>>;

export function loadSettings(): Promise<Settings> {
  return requestJson(`${API}/settings`);
}

export function changeSettings(change: Settings): Promise<Settings> {
  return requestJson(`${API}/settings`, { method: 'PATCH', json: change });
}

export interface AuditEntry {
  number: number;
  time: string;
  actor: string;
  action: string;
  subject: string;
  result: string;
  address: string;
}

export interface AuditFilter {
  actor: string;
  action: string;
  subject: string;
  from: string;
  to: string;
}

export function loadAudit(
  filter: AuditFilter,
  offset: number,
  limit: number,
): Promise<{ entries: AuditEntry[]; total: number }> {
  return requestJson(address(`${API}/audit`, { ...filter, offset, limit }));
}

export function auditCsvAddress(filter: AuditFilter): string {
  return address(`${API}/audit`, { ...filter, format: 'csv' });
}

export function verifyAudit(): Promise<{ intact: boolean; first_broken: number }> {
  return requestJson(`${API}/audit/verification`);
}

export interface WatchFolder {
  name: string;
  state: string;
  waiting: number;
  done: number;
  failed: number;
  schedule: string;
  in_schedule: boolean;
  last_error: ApiErrorBody | string | null;
}

export async function loadWatchFolders(): Promise<WatchFolder[]> {
  return (await requestJson<{ folders: WatchFolder[] }>(`${API}/watch`)).folders;
}

export interface SystemState {
  version: string;
  engine: {
    state: string;
    error: ApiErrorBody | null;
    device_note: string;
    processes: number;
    restarts: number;
    pages_done: number;
    resident_bytes: number | number[];
    models?: { name: string; sha256: string; state?: string }[];
    lexicons?: { name: string; version: string }[];
  };
  memory_bytes: number;
  disk_free_bytes: number;
  disk_total_bytes: number;
  uptime_s: number;
  warnings: { code: string; message: string }[];
}

export function loadSystem(): Promise<SystemState> {
  return requestJson(`${API}/system`);
}

export interface LexiconSuggestion {
  id: string;
  original: string;
  value: string;
  count: number;
  state: 'open' | 'approved' | 'rejected';
}

export async function loadSuggestions(): Promise<LexiconSuggestion[]> {
  return (await requestJson<{ suggestions: LexiconSuggestion[] }>(`${API}/lexicon/suggestions`)).suggestions;
}

export function decideSuggestion(id: string, state: 'approved' | 'rejected' | 'open'): Promise<unknown> {
  return requestJson(`${API}/lexicon/suggestions/${encodeURIComponent(id)}`, { method: 'POST', json: { state } });
}

export const TRAINING_SET_ADDRESS = `${API}/training_set`;
