import { expect, it } from 'vitest';

import { isoDay } from './date_field';

it('reads a day as people write it', () => {
  const written = ['2024-03-05', '2024/3/5', '2024.3.5', '2024年3月5日', '20240305', ' 2024-3-05 '];
  expect(written.map(isoDay)).toEqual(written.map(() => '2024-03-05'));
  expect(isoDay('')).toBe('');
});

it('takes nothing for a day that is none', () => {
  expect(['2024-02-30', '2024-13-01', '24-3-5', '2024', 'gestern'].map(isoDay)).toEqual([null, null, null, null, null]);
});
