// What else a correction means. A field and the text that it was read from are corrected separately; where one changes, the
// same change of the other is suggested, never made by itself.
import type { Clinical, DocumentJson } from '../api/types';
import { clinicalParts } from './check_list';
import { fieldTarget, leafPath } from './editing';
import { cellUnder, evidenceOf } from './places';

export interface RelatedCorrection {
  target: string;
  before: string;
  after: string;
}

// A change is carried over by its surroundings; fewer characters than this stand in too many places.
const LEAST_CONTEXT = 4;
const MOST_CONTEXT = 16;

// `text` after the change that made `after` of `before`; null where it does not hold what was changed, or not exactly once.
export function sameChange(before: string, after: string, text: string): string | null {
  if (before === after || text === '') return null;
  const { begin, end, added } = changedSpan(before, after);
  const inside = onlyPlace(before, text);
  if (inside !== null && begin >= inside && end <= inside + text.length) {
    return text.slice(0, begin - inside) + added + text.slice(end - inside);
  }
  for (let context = MOST_CONTEXT; context >= 0; context -= 1) {
    const left = Math.max(0, begin - context);
    const known = before.slice(left, Math.min(before.length, end + context));
    if (known.length < LEAST_CONTEXT && known !== before) return null;
    const place = onlyPlace(text, known);
    if (place === null) continue;
    const from = place + (begin - left);
    return text.slice(0, from) + added + text.slice(from + (end - begin));
  }
  return null;
}

// What of `before` was replaced, and by what.
function changedSpan(before: string, after: string): { begin: number; end: number; added: string } {
  let begin = 0;
  while (begin < before.length && begin < after.length && before[begin] === after[begin]) begin += 1;
  let tail = 0;
  while (
    tail < before.length - begin &&
    tail < after.length - begin &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  return { begin, end: before.length - tail, added: after.slice(begin, after.length - tail) };
}

// Where `part` stands in `whole`, if it stands there exactly once.
function onlyPlace(whole: string, part: string): number | null {
  const first = part === '' ? -1 : whole.indexOf(part);
  return first >= 0 && whole.indexOf(part, first + 1) < 0 ? first : null;
}

// The text of a clinical field; undefined where there is none.
export function fieldValue(clinical: Clinical, path: string): string | undefined {
  let value: unknown = clinical;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' ? value : undefined;
}

// What the same change means elsewhere in the document as it was before the change.
export function relatedCorrections(document: DocumentJson, target: string, after: string): RelatedCorrection[] {
  const found = target.startsWith('clinical.')
    ? sourceOfField(document, target, after)
    : fieldsOfSource(document, target, after);
  return [...new Map(found.map((item) => [item.target, item])).values()];
}

function fieldsOfSource(document: DocumentJson, target: string, after: string): RelatedCorrection[] {
  const [, id, kind, row, column] = target.split('.');
  const block = document.blocks.find((item) => item.id === id);
  const cell =
    kind === 'cells'
      ? block?.cells?.find((item) => item.row === Number(row) && item.column === Number(column))
      : undefined;
  const before = kind === 'cells' ? cell?.text : block?.text;
  if (!block || before === undefined || (kind !== 'cells' && kind !== 'text')) return [];
  return clinicalParts(document.clinical).flatMap((part, index) =>
    Object.entries(part.evidence ?? {}).flatMap(([path, evidence]) => {
      if (evidence.block !== block.id || (cell && cellUnder(block, evidence) !== cell)) return [];
      const value = fieldValue(part, leafPath(path));
      const changed = value === undefined ? null : sameChange(before, after, value);
      if (value === undefined || changed === null || changed === value) return [];
      return [{ target: fieldTarget(partPrefix(document, index), leafPath(path)), before: value, after: changed }];
    }),
  );
}

function sourceOfField(document: DocumentJson, target: string, after: string): RelatedCorrection[] {
  const [, number, path] = /^clinical\.(?:parts\.(\d+)\.)?(.+)$/.exec(target) ?? [];
  const part = clinicalParts(document.clinical)[Number(number ?? 0)];
  if (!part || path === undefined) return [];
  const before = fieldValue(part, path);
  const evidence = evidenceOf(part, path);
  const block = evidence?.block ? document.blocks.find((item) => item.id === evidence.block) : undefined;
  if (!before || !evidence || !block) return [];
  const cell = cellUnder(block, evidence);
  const text = cell ? cell.text : block.text;
  const changed = text === undefined ? null : replaceOnce(text, before, after);
  if (text === undefined || changed === null || changed === text) return [];
  const name = cell ? `cells.${String(cell.row)}.${String(cell.column)}` : 'text';
  return [{ target: `blocks.${block.id}.${name}`, before: text, after: changed }];
}

function replaceOnce(text: string, before: string, after: string): string | null {
  const place = onlyPlace(text, before);
  return place === null
    ? sameChange(before, after, text)
    : text.slice(0, place) + after + text.slice(place + before.length);
}

function partPrefix(document: DocumentJson, index: number): string {
  return document.clinical.parts?.length && index > 0 ? `parts.${String(index)}.` : '';
}
