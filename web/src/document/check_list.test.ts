import { expect, it } from 'vitest';

import { testDocument } from '../test_document';
import { checkList, step } from './check_list';

it('lists a doubtful row once, at its value, and then doubtful blocks, in the order of the pages', () => {
  const items = checkList(testDocument());
  expect(items.map((item) => item.path ?? item.block)).toEqual(['lab_results.0.value', 'b3']);
  expect(items[0]?.bbox).toEqual([152, 222, 170, 238]);
});

it('does not list a doubtful block again whose field is listed', () => {
  const document = testDocument();
  const table = document.blocks.find((block) => block.id === 'b2');
  if (table) table.needs_review = true;
  expect(checkList(document)).toHaveLength(2);
});

it('steps around the end in both directions', () => {
  const items = checkList(testDocument());
  expect([step(items, -1, 1), step(items, 0, 1), step(items, 1, 1), step(items, -1, -1), step(items, 0, -1)]).toEqual([
    0, 1, 0, 1, 1,
  ]);
  expect(step([], -1, 1)).toBe(-1);
});

it('leaves a row that a person has corrected, but not its other fields', () => {
  const document = testDocument();
  const { evidence = {}, lab_results: rows = [] } = document.clinical;
  Object.assign(rows[0] ?? {}, { corrected: true });
  Object.assign(evidence['lab_results.0.value'] ?? {}, { needs_review: false });
  expect(checkList(document).map(({ path }) => path)).toEqual(['lab_results.0.name', undefined]);
});
