// A snippet with its hits marked. Offsets count code points, JavaScript's strings UTF-16 units.
import { Fragment, type ReactNode } from 'react';

import type { Snippet } from '../api/documents';

export interface Piece {
  text: string;
  isHit: boolean;
}

export function piecesOf({ text, highlights }: Snippet): Piece[] {
  const points = [...text];
  const pieces: Piece[] = [];
  let end = 0;
  const push = (from: number, to: number, isHit: boolean) => {
    if (to > from) pieces.push({ text: points.slice(from, to).join(''), isHit });
  };
  for (const [begin, stop] of [...highlights].sort((a, b) => a[0] - b[0])) {
    const from = Math.max(end, begin);
    const to = Math.min(points.length, stop);
    if (to <= from) continue;
    push(end, from, false);
    push(from, to, true);
    end = to;
  }
  push(end, points.length, false);
  return pieces;
}

// The source's marks of tables and headings say nothing in a line of prose.
export function withoutMarks(text: string): string {
  return text.replace(/\s*\|[\s|]*/g, '  ').replace(/(^|\s)#+\s/g, '$1');
}

export function Highlighted({ snippet }: { snippet: Snippet }): ReactNode {
  return piecesOf(snippet).map((piece, index) =>
    piece.isHit ? <mark key={index}>{piece.text}</mark> : <Fragment key={index}>{withoutMarks(piece.text)}</Fragment>,
  );
}
