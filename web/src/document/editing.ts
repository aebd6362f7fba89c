// What can be corrected, and under which name the API knows it (`blocks.b12.text`, `clinical.patient.name`).
import { createContext, useContext } from 'react';

import type { Block, DocumentJson } from '../api/types';
import type { Correction } from '../api/documents';
import type { Selection } from './places';

export interface Editing {
  mayEdit: boolean;
  target: string | null; // being edited now
  begin: (target: string) => void;
  cancel: () => void;
  save: (target: string, value: string) => Promise<void>;
  correctionOf: (target: string) => Correction | undefined;
}

export const EditingContext = createContext<Editing>({
  mayEdit: false,
  target: null,
  begin: () => undefined,
  cancel: () => undefined,
  save: () => Promise.resolve(),
  correctionOf: () => undefined,
});

export function useEditing(): Editing {
  return useContext(EditingContext);
}

export function blockTarget(block: Block): string | null {
  if (isFormula(block)) return `blocks.${block.id}.latex`;
  return block.text === undefined ? null : `blocks.${block.id}.text`;
}

// What stands there to be edited.
export function blockText(block: Block): string {
  return (isFormula(block) ? block.latex : block.text) ?? '';
}

function isFormula(block: Block): boolean {
  return block.type === 'formula' && block.latex !== undefined;
}

export function cellTarget(block: Block, row: number, column: number): string {
  return `blocks.${block.id}.cells.${String(row)}.${String(column)}`;
}

export function fieldTarget(partPrefix: string, path: string): string {
  return `clinical.${partPrefix}${path}`;
}

// What a correction of a whole row means: its value, or its text.
export function leafPath(path: string): string {
  if (/^lab_results\.\d+$/.test(path)) return `${path}.value`;
  if (/^(diagnoses|medications)\.\d+$/.test(path)) return `${path}.text`;
  return path;
}

// The target that a selection stands for. In the lists of fields the field is meant, else the cell or text.
export function targetOfSelection(
  document: DocumentJson,
  selection: Selection,
  showsFields: boolean,
  partPrefix: string,
): string | null {
  if (showsFields && selection.path) return fieldTarget(partPrefix, leafPath(selection.path));
  const block = document.blocks.find((item) => item.id === selection.block);
  if (!block) return selection.path ? fieldTarget(partPrefix, leafPath(selection.path)) : null;
  if (selection.cell) return cellTarget(block, selection.cell.row, selection.cell.column);
  return blockTarget(block);
}

// The latest correction of each target that still holds.
export function correctionsByTarget(corrections: Correction[]): Map<string, Correction> {
  const result = new Map<string, Correction>();
  for (const correction of corrections) {
    if (correction.undone) continue;
    const known = result.get(correction.target);
    if (!known || known.time <= correction.time) result.set(correction.target, correction);
  }
  return result;
}
