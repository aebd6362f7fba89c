import { expect, it } from 'vitest';

import { testDocument } from '../test_document';
import { blocksByPage, hitTest } from './places';
import { nextStop, stopsOfPage } from './stops';

const placed = blocksByPage(testDocument()).get(0) ?? [];
const stops = stopsOfPage(placed, 0);

it('goes through blocks and, in a table, through its cells', () => {
  expect(stops.map(({ block, cell }) => (cell ? `${String(cell.row)},${String(cell.column)}` : block))).toEqual([
    'b0',
    'b1',
    '0,0',
    '0,1',
    '1,0',
    '1,1',
  ]);
});

it('starts at either end and stops there', () => {
  expect(nextStop(stops, null, 1)?.block).toBe('b0');
  expect(nextStop(stops, null, -1)?.cell).toEqual({ row: 1, column: 1 });
  expect(nextStop(stops, stops[5] ?? null, 1)).toBeUndefined();
});

it('goes on from a cell that was clicked', () => {
  expect(nextStop(stops, hitTest(placed, 0, 110, 230), 1)?.cell).toEqual({ row: 1, column: 1 });
});
