import { expect, it } from 'vitest';

import { chinese, type TextKey } from './chinese';
import { english } from './english';
import { fill, translate, translateName } from './language';

const KEYS = Object.keys(chinese) as TextKey[];

it('fills in the same values in both languages', () => {
  const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  for (const key of KEYS) expect(holes(english[key]), key).toEqual(holes(chinese[key]));
});

it('has no empty text', () => {
  expect(KEYS.filter((key) => chinese[key].trim() === '' || english[key].trim() === '')).toEqual([]);
});

it('leaves a hole that nobody fills', () => {
  expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}');
});

it('says one page and two pages', () => {
  const text = '{n} {n:page|pages}';
  expect([1, 2, 0].map((n) => fill(text, { n }))).toEqual(['1 page', '2 pages', '0 pages']);
});

it('shows an unknown name as it is', () => {
  const text = (key: TextKey) => translate('zh', key);
  expect(translateName(text, 'patient.', 'name')).toBe('姓名');
  expect(translateName(text, 'patient.', 'toString')).toBe('toString');
});
