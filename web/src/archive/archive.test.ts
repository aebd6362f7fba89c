import { describe, expect, it } from 'vitest';

import type { LabPoint } from '../api/patients';
import { EMPTY_FILTER, filterOf, labConditions, queryOf } from './filter';
import { piecesOf, withoutMarks } from './highlighted';
import { chartOptions, drawnPoints, latestRange } from './trend_options';

describe('filter', () => {
  it('goes into a query and comes back', () => {
    const filter = { ...EMPTY_FILTER, q: '心衰', type: 'lab_report', lab: 'CREA > 100；ALT' };
    const query = queryOf(filter);
    expect(query.getAll('lab')).toEqual(['CREA>100', 'ALT']);
    expect(filterOf(query)).toEqual({ ...filter, lab: 'CREA>100 ALT' });
  });
  it('leaves out what is empty', () => {
    expect(queryOf({ ...EMPTY_FILTER, q: '  ' }).toString()).toBe('');
  });
  it('reads signs as people type them', () => {
    expect(labConditions('血红蛋白 ≤ 90, K>=5.5')).toEqual(['血红蛋白<=90', 'K>=5.5']);
  });
});

describe('highlights', () => {
  it('count code points, not UTF-16 units', () => {
    expect(piecesOf({ text: '𠮷野心力衰竭', highlights: [[2, 4]] })).toEqual([
      { text: '𠮷野', isHit: false },
      { text: '心力', isHit: true },
      { text: '衰竭', isHit: false },
    ]);
  });
  it('survive overlapping and impossible offsets', () => {
    const pieces = piecesOf({
      text: 'abcdef',
      highlights: [
        [1, 3],
        [2, 4],
        [5, 99],
        [-4, 0],
      ],
    });
    expect(pieces.map((piece) => piece.text).join('')).toBe('abcdef');
    expect(pieces.filter((piece) => piece.isHit).map((piece) => piece.text)).toEqual(['bc', 'd', 'f']);
  });
});

describe('trend', () => {
  const point = (change: Partial<LabPoint>): LabPoint => ({
    document_id: 'd',
    index: 0,
    name: '肌酐',
    date: '2024-01-01',
    value: '88',
    value_num: 88,
    unit: 'μmol/L',
    low: 57,
    high: 97,
    flag: '',
    needs_review: false,
    ...change,
  });
  it('draws dated numbers in the order of their dates', () => {
    const drawn = drawnPoints([
      point({ date: '2024-03-01' }),
      point({ date: '' }),
      point({ value_num: null }),
      point({}),
    ]);
    expect(drawn.map((item) => item.value[0])).toEqual(['2024-01-01', '2024-03-01']);
  });
  it('takes the range of the latest report that has one', () => {
    const points = [
      point({ date: '2023-01-01', low: 1, high: 2 }),
      point({}),
      point({ date: '2025-01-01', low: null, high: null }),
    ];
    expect(latestRange(points)).toEqual({ low: 57, high: 97 });
  });
  it('gives every item its own grid over one span of time', () => {
    const options = chartOptions(
      [
        { item: 'A', points: [point({})] },
        { item: 'B', points: [point({ date: '2024-05-05', high: null })] },
      ],
      'range',
    );
    expect(options.title.map((title) => title.text)).toEqual(['A (μmol/L)  range 57–97', 'B (μmol/L)  range ≥ 57']);
    expect(options.grid).toHaveLength(2);
    expect(options.xAxis.map((axis) => [axis.min, axis.max])).toEqual([
      ['2024-01-01', '2024-05-05'],
      ['2024-01-01', '2024-05-05'],
    ]);
    expect(options.series[1]?.markArea?.data).toEqual([[{ yAxis: 57 }, {}]]);
  });
});

it('shows a snippet without the marks of tables and headings', () => {
  expect(withoutMarks('6 | 血小板 | | 112 ## 诊断')).toBe('6  血小板  112 诊断');
});
