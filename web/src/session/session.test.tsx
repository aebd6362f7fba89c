import { expect, it } from 'vitest';

import type { Role, SessionInfo } from '../api/session';
import { conditionOf } from './engine_state';
import { mayDo } from './session';

function info(role: Role): SessionInfo {
  return { authentication: true, user: { id: '1', name: 'a', role, must_change_password: false }, csrf_token: '' };
}

it('gives each role its rights', () => {
  expect(mayDo(null, 'read')).toBe(false);
  expect(mayDo(info('viewer'), 'write')).toBe(false);
  expect(mayDo(info('operator'), 'write')).toBe(true);
  expect(mayDo(info('operator'), 'administer')).toBe(false);
  expect(mayDo(info('administrator'), 'administer')).toBe(true);
});

it('reads the state of the engine, and none where there is none', () => {
  expect(conditionOf({ engine: { state: 'loading' } })).toBe('loading');
  expect(conditionOf({ engine: { state: 'failed' } })).toBe('failed');
  expect(conditionOf({ engine: { state: 'something new' } })).toBeUndefined();
  expect(conditionOf(null)).toBeUndefined();
});
