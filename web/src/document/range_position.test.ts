import { describe, expect, it } from 'vitest';

import { flagOf, rangePosition } from './range_position';

describe('rangePosition', () => {
  it('puts the bounds at a quarter and three quarters of the bar', () => {
    expect(rangePosition({ value_num: 10, low: 0, high: 10 })).toMatchObject({ low: 0.25, high: 0.75, value: 0.75 });
    expect(rangePosition({ value_num: 0, low: 0, high: 10 })).toMatchObject({ value: 0.25, outside: '' });
  });
  it('says on which side a value lies outside and keeps it on the bar', () => {
    expect(rangePosition({ value_num: 9999, low: 0, high: 10 })).toMatchObject({ value: 0.99, outside: 'H' });
    expect(rangePosition({ value_num: -9999, low: 0, high: 10 })).toMatchObject({ value: 0.01, outside: 'L' });
  });
  it('draws ranges that are open on one side', () => {
    expect(rangePosition({ value_num: 1860, high: 300 })).toMatchObject({ low: 0, high: 0.75, outside: 'H' });
    expect(rangePosition({ value_num: 48, low: 90 })).toMatchObject({ low: 0.25, high: 1, outside: 'L' });
  });
  it('draws nothing where there is no number, no range or a range that is none', () => {
    expect(rangePosition({ low: 1, high: 2 })).toBeNull();
    expect(rangePosition({ value_num: 1 })).toBeNull();
    expect(rangePosition({ value_num: 1, low: 5, high: 5 })).toBeNull();
  });
});

it('prefers the printed flag to the computed one', () => {
  const row = { name: '', code: '', value: '', unit: '', reference_range: '' };
  expect(flagOf({ ...row, flag: 'L', flag_computed: 'H' })).toEqual({ flag: 'L', isComputed: false });
  expect(flagOf({ ...row, flag: '', flag_computed: 'H' })).toEqual({ flag: 'H', isComputed: true });
});
