// Who is signed in.
import { API, requestJson } from './request';

export type Role = 'viewer' | 'operator' | 'administrator';

export interface SessionInfo {
  authentication: boolean; // false: the server was started without accounts, on this machine only
  user: { id: string; name: string; role: Role; must_change_password: boolean };
  csrf_token: string;
}

// Null where nobody is signed in.
export async function loadSession(): Promise<SessionInfo | null> {
  const answer = await requestJson<Omit<SessionInfo, 'user'> & { user: SessionInfo['user'] | null }>(`${API}/session`);
  return answer.user && { ...answer, user: answer.user };
}

export function signIn(name: string, password: string): Promise<SessionInfo> {
  return requestJson(`${API}/session`, { method: 'POST', json: { name, password } });
}

export function signOut(): Promise<unknown> {
  return requestJson(`${API}/session`, { method: 'DELETE' });
}

export function changePassword(oldPassword: string, newPassword: string): Promise<unknown> {
  return requestJson(`${API}/session/password`, {
    method: 'POST',
    json: { old_password: oldPassword, new_password: newPassword },
  });
}
