import { expect, it } from 'vitest';

import { testDocument } from '../test_document';
import { correctionsByTarget, leafPath, targetOfSelection } from './editing';

const document = testDocument();

it('names the target of a cell, a block and a field as the API does', () => {
  const cell = {
    page: 0,
    bbox: [0, 0, 1, 1] as [number, number, number, number],
    block: 'b2',
    cell: { row: 1, column: 1 },
  };
  expect(targetOfSelection(document, cell, false, '')).toBe('blocks.b2.cells.1.1');
  expect(targetOfSelection(document, { ...cell, block: 'b1', cell: undefined }, false, '')).toBe('blocks.b1.text');
  expect(targetOfSelection(document, { ...cell, path: 'lab_results.0' }, true, 'parts.1.')).toBe(
    'clinical.parts.1.lab_results.0.value',
  );
});

it('has nothing to correct in a block without text', () => {
  const table = { page: 0, bbox: [0, 0, 1, 1] as [number, number, number, number], block: 'b2' };
  expect(targetOfSelection(document, table, false, '')).toBeNull();
});

it('corrects the text of a diagnosis and leaves other paths', () => {
  expect(leafPath('diagnoses.2')).toBe('diagnoses.2.text');
  expect(leafPath('patient.name')).toBe('patient.name');
});

it('keeps the latest correction of a target that was not taken back', () => {
  const make = (id: string, time: string, undone: boolean) => ({
    id,
    target: 't',
    original: 'a',
    value: id,
    author: 'x',
    time,
    undone,
  });
  const found = correctionsByTarget([
    make('1', '2024-01-01', false),
    make('2', '2024-01-02', false),
    make('3', '2024-01-03', true),
  ]);
  expect(found.get('t')?.value).toBe('2');
});
