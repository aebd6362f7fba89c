import { expect, it } from 'vitest';

import { formatRoute, parseRoute } from './route';

it('comes back as it went', () => {
  const route = parseRoute(formatRoute(['patients', 'n-甲/某'], { page: 3, empty: '' }));
  expect(route.path).toEqual(['patients', 'n-甲/某']);
  expect(route.parameters.toString()).toBe('page=3');
});

it('survives an address that is none', () => {
  expect(parseRoute('#/%E0%A4%A').path).toEqual(['%E0%A4%A']);
  expect(parseRoute('').path).toEqual([]);
});
