// Where things stand on the pages: from a value to its box and from a point on the page to what was read there.
// Boxes are in points of the page as displayed, origin at the top left.
import type { Block, Box, Clinical, DocumentJson, Evidence, TableCell } from '../api/types';

export interface CellAddress {
  row: number;
  column: number;
}

// What the reader points at: a box on a page, and what of the result belongs to it.
export interface Selection {
  page: number;
  bbox: Box;
  block?: string;
  cell?: CellAddress;
  path?: string; // of the clinical fields: `patient.name`, `lab_results.3`
}

export interface PlacedBlock {
  block: Block;
  bbox: Box;
}

export const MARGINAL_TYPES = new Set(['header', 'footer', 'page_number', 'seal', 'watermark']);

export function isMarginal(block: Block): boolean {
  return MARGINAL_TYPES.has(block.type);
}

// The blocks of every page with their box there; a table that crosses pages stands on each of them.
export function blocksByPage(document: DocumentJson): Map<number, PlacedBlock[]> {
  const pages = new Map<number, PlacedBlock[]>();
  const add = (page: number, placed: PlacedBlock) => {
    const list = pages.get(page);
    if (list) list.push(placed);
    else pages.set(page, [placed]);
  };
  for (const block of document.blocks) {
    if (block.parts?.length) {
      for (const part of block.parts) add(part.page, { block, bbox: part.bbox });
    } else {
      add(block.page, { block, bbox: block.bbox });
    }
  }
  for (const list of pages.values()) list.sort((a, b) => a.block.order - b.block.order);
  return pages;
}

export function contains(box: Box, x: number, y: number): boolean {
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}

export function area(box: Box): number {
  return Math.max(0, box[2] - box[0]) * Math.max(0, box[3] - box[1]);
}

// How much of `inner` lies in `outer`, 0..1.
export function coveredShare(inner: Box, outer: Box): number {
  const width = Math.min(inner[2], outer[2]) - Math.max(inner[0], outer[0]);
  const height = Math.min(inner[3], outer[3]) - Math.max(inner[1], outer[1]);
  const whole = area(inner);
  return width > 0 && height > 0 && whole > 0 ? (width * height) / whole : 0;
}

// The smallest block under a point, and the table cell where it is a table.
export function hitTest(placed: PlacedBlock[], page: number, x: number, y: number): Selection | null {
  let best: PlacedBlock | null = null;
  for (const candidate of placed) {
    if (!contains(candidate.bbox, x, y)) continue;
    if (!best || area(candidate.bbox) < area(best.bbox)) best = candidate;
  }
  if (!best) return null;
  const cell = best.block.cells?.find(
    (item) => item.bbox && (item.page ?? best.block.page) === page && contains(item.bbox, x, y),
  );
  if (cell?.bbox) return selectionOfCell(best.block, cell);
  return { page, bbox: best.bbox, block: best.block.id };
}

export function selectionOfCell(block: Block, cell: TableCell): Selection {
  return {
    page: cell.page ?? block.page,
    bbox: cell.bbox ?? block.bbox,
    block: block.id,
    cell: { row: cell.row, column: cell.column },
  };
}

// The evidence of a field, or of what it is part of (`lab_results.3.value`, else `lab_results.3`).
export function evidenceOf(clinical: Clinical, path: string): Evidence | undefined {
  const evidence = clinical.evidence ?? {};
  let current = path;
  for (;;) {
    const found = evidence[current];
    if (found) return found;
    const dot = current.lastIndexOf('.');
    if (dot < 0) return undefined;
    current = current.slice(0, dot);
  }
}

export function selectionOfPath(document: DocumentJson, clinical: Clinical, path: string): Selection | null {
  const evidence = evidenceOf(clinical, path);
  if (!evidence) return null;
  const selection: Selection = { page: evidence.page, bbox: evidence.bbox, path };
  const block = evidence.block ? document.blocks.find((item) => item.id === evidence.block) : undefined;
  if (!block) return selection;
  selection.block = block.id;
  const cell = cellUnder(block, evidence);
  if (cell) selection.cell = { row: cell.row, column: cell.column };
  return selection;
}

// The cell that a piece of evidence was read in: the one that covers it best.
export function cellUnder(block: Block, evidence: Evidence): TableCell | undefined {
  let best: TableCell | undefined;
  let bestShare = 0.5;
  for (const cell of block.cells ?? []) {
    if (!cell.bbox || (cell.page ?? block.page) !== evidence.page) continue;
    const share = coveredShare(evidence.bbox, cell.bbox);
    if (share > bestShare) {
      best = cell;
      bestShare = share;
    }
  }
  return best;
}

// The field under a selection: the smallest piece of evidence around its middle, cut to the rows that the page's lists
// show (`lab_results.3.value` is shown in row `lab_results.3`).
export function pathOfSelection(clinical: Clinical, selection: Selection): string | undefined {
  if (selection.path) return rowPath(selection.path);
  const x = (selection.bbox[0] + selection.bbox[2]) / 2;
  const y = (selection.bbox[1] + selection.bbox[3]) / 2;
  let best: string | undefined;
  let bestArea = Infinity;
  for (const [path, evidence] of Object.entries(clinical.evidence ?? {})) {
    if (evidence.page !== selection.page) continue;
    const touches = contains(evidence.bbox, x, y) || coveredShare(evidence.bbox, selection.bbox) > 0.5;
    if (!touches || area(evidence.bbox) >= bestArea) continue;
    best = path;
    bestArea = area(evidence.bbox);
  }
  return best === undefined ? undefined : rowPath(best);
}

export function rowPath(path: string): string {
  const [list, index] = path.split('.');
  const isList = list === 'lab_results' || list === 'diagnoses' || list === 'medications';
  return isList && index !== undefined ? `${list}.${index}` : path;
}

export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  if (!a || !b) return a === b;
  return (
    a.page === b.page &&
    a.block === b.block &&
    a.path === b.path &&
    a.cell?.row === b.cell?.row &&
    a.cell?.column === b.cell?.column &&
    a.bbox.every((value, index) => value === b.bbox[index])
  );
}
