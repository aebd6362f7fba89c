import { describe, expect, it } from 'vitest';

import { block, testDocument } from '../test_document';
import { blocksByPage, evidenceOf, hitTest, pathOfSelection, rowPath, selectionOfPath } from './places';

const document = testDocument();
const pages = blocksByPage(document);

describe('blocksByPage', () => {
  it('puts a table that crosses pages on each of its pages', () => {
    const parts = [
      { page: 0, bbox: [0, 0, 1, 1] as [number, number, number, number] },
      { page: 1, bbox: [0, 0, 2, 2] as [number, number, number, number] },
    ];
    const found = blocksByPage(testDocument({ blocks: [block('t', { type: 'table', parts })] }));
    expect(found.get(0)?.[0]?.bbox).toEqual([0, 0, 1, 1]);
    expect(found.get(1)?.[0]?.bbox).toEqual([0, 0, 2, 2]);
  });
});

describe('hitTest', () => {
  it('finds the cell of a table under the point', () => {
    expect(hitTest(pages.get(0) ?? [], 0, 160, 230)).toMatchObject({ block: 'b2', cell: { row: 1, column: 1 } });
  });
  it('prefers the smallest block', () => {
    const placed = [
      { block: block('large', {}), bbox: [0, 0, 100, 100] as [number, number, number, number] },
      { block: block('small', {}), bbox: [10, 10, 20, 20] as [number, number, number, number] },
    ];
    expect(hitTest(placed, 0, 15, 15)?.block).toBe('small');
  });
  it('finds nothing beside the blocks', () => {
    expect(hitTest(pages.get(0) ?? [], 0, 590, 840)).toBeNull();
  });
});

describe('evidence', () => {
  it('falls back to the row of a field that has none of its own', () => {
    expect(evidenceOf(document.clinical, 'lab_results.0.unit')?.bbox).toEqual([100, 220, 200, 240]);
    expect(evidenceOf(document.clinical, 'sections.impression')).toBeUndefined();
  });
  it('leads from a value to its page, block and cell', () => {
    expect(selectionOfPath(document, document.clinical, 'lab_results.0.value')).toMatchObject({
      page: 0,
      block: 'b2',
      cell: { row: 1, column: 1 },
    });
  });
  it('leads from a cell back to the row of the list', () => {
    const selection = hitTest(pages.get(0) ?? [], 0, 160, 230);
    expect(selection && pathOfSelection(document.clinical, selection)).toBe('lab_results.0');
  });
  it('cuts paths to the rows that lists show', () => {
    expect(rowPath('lab_results.12.value')).toBe('lab_results.12');
    expect(rowPath('patient.name')).toBe('patient.name');
  });
});
