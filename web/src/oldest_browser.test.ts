// The check of the bundle itself: that it would find what Chromium 109 lacks.
import { expect, it } from 'vitest';

import { newerInScript, newerInStyle } from '../tools/check_browser.mjs';

it('finds styles that the oldest browser lacks', () => {
  expect(newerInStyle('a { color: color-mix(in srgb, red, blue); }')).toEqual(['color-mix()']);
  expect(newerInStyle('a { b { top: 0 } }')).toEqual(['nesting']);
  expect(newerInStyle('@starting-style { a { top: 0 } }')).toEqual(['@starting-style']);
  expect(newerInStyle('a { color: light-dark(red, blue) }')).toEqual(['light-dark()']);
});

it('finds built-in functions that the oldest browser lacks', () => {
  expect(newerInScript('[1].toSorted(); Promise.withResolvers(); Object.groupBy([], x)').sort()).toEqual([
    'groupBy()',
    'toSorted()',
    'withResolvers()',
  ]);
});

it('lets pass what it has', () => {
  expect(newerInStyle('@layer x { a:has(b) { inset: 0; width: 100dvh; color: rgb(0 0 0 / 50%) } }')).toEqual([]);
  expect(newerInScript('[1].at(-1); structuredClone(x); "a".replaceAll("a", "b"); [1].findLast((x) => x)')).toEqual([]);
});
