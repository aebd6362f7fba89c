// What a person should look at: every field and block that the engine marked `needs_review`, in the order of the pages.
import type { Block, Clinical, DocumentJson, Evidence } from '../api/types';
import { coveredShare, rowPath, selectionOfPath, type Selection } from './places';

// A box that lies in another's by more than this is the same thing to a reader; a field's box may stand out of its
// block's by a rounding of the renderer, a neighbour's never reaches a third.
const SAME_PLACE_SHARE = 0.6;

export function clinicalParts(clinical: Clinical): Clinical[] {
  return clinical.parts?.length ? clinical.parts : [clinical];
}

export function checkList(document: DocumentJson): Selection[] {
  const items = clinicalParts(document.clinical).flatMap((part) => fieldsToCheck(document, part));
  for (const block of document.blocks) {
    if (block.needs_review && !items.some((item) => isSamePlace(item, block))) {
      items.push({ page: block.page, bbox: block.bbox, block: block.id });
    }
  }
  return items.sort((a, b) => a.page - b.page || a.bbox[1] - b.bbox[1] || a.bbox[0] - b.bbox[0]);
}

function fieldsToCheck(document: DocumentJson, clinical: Clinical): Selection[] {
  const evidence = clinical.evidence ?? {};
  const rows = new Map<string, string>();
  for (const [path, entry] of Object.entries(evidence)) {
    if (!entry.needs_review) continue;
    const row = rowPath(path);
    if (path === row && isCorrectedRow(clinical, row)) continue;
    const known = rows.get(row);
    if (known === undefined || prefers(path, evidence[path], known, evidence[known])) rows.set(row, path);
  }
  return [...rows.values()]
    .map((path) => selectionOfPath(document, clinical, path))
    .filter((selection) => selection !== null);
}

// A person who corrected a laboratory row has looked at it; what is still in doubt are its other fields, each by itself.
function isCorrectedRow(clinical: Clinical, row: string): boolean {
  const index = /^lab_results\.(\d+)$/.exec(row)?.[1];
  return index !== undefined && clinical.lab_results?.[Number(index)]?.corrected === true;
}

// Of a row's fields the value is what matters; else the most doubtful one.
function prefers(path: string, entry: Evidence | undefined, known: string, knownEntry: Evidence | undefined): boolean {
  if (known.endsWith('.value')) return false;
  if (path.endsWith('.value')) return true;
  return (entry?.confidence ?? 1) < (knownEntry?.confidence ?? 1);
}

function isSamePlace(item: Selection, block: Block): boolean {
  if (item.block === block.id) return true;
  return item.page === block.page && coveredShare(item.bbox, block.bbox) > SAME_PLACE_SHARE;
}

// The place after (or before) the present one, around the end.
export function step(items: Selection[], position: number, by: 1 | -1): number {
  if (items.length === 0) return -1;
  if (position < 0) return by > 0 ? 0 : items.length - 1;
  return (position + by + items.length) % items.length;
}
