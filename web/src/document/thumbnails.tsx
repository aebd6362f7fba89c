// The strip of page thumbnails. Only what is visible exists, so 700 pages scroll like seven.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';

import { pageImageAddress } from '../api/documents';
import type { PageInfo } from '../api/types';
import { useText } from '../language/language';

const THUMBNAIL_WIDTH = 160; // pixels asked for; shown at half of that
const ROW_HEIGHT = 138;
const NUMBER_HEIGHT = 44; // of a page without a picture

interface ThumbnailsProps {
  documentId: string;
  pages: PageInfo[];
  isDrawn: boolean; // whether the pages have pictures
  current: number;
  doubtful: ReadonlySet<number>; // pages with something to check
  onChoose: (page: number) => void;
}

export function Thumbnails({ documentId, pages, isDrawn, current, doubtful, onChoose }: ThumbnailsProps) {
  const text = useText();
  const scroller = useRef<HTMLElement>(null);
  const rowHeight = isDrawn ? ROW_HEIGHT : NUMBER_HEIGHT;
  const rows = useVirtualizer({
    count: pages.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
  });
  const position = pages.findIndex((page) => page.index === current);
  useEffect(() => {
    if (position >= 0) rows.scrollToIndex(position, { align: 'auto' });
  }, [rows, position]);

  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = by === undefined ? undefined : pages[position + by];
    if (!next) return;
    event.preventDefault();
    onChoose(next.index);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>('[aria-current="page"]')?.focus());
  };

  return (
    <nav className="thumbnails" ref={scroller} aria-label={text('document.thumbnails')} onKeyDown={onKeyDown}>
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((row) => {
          const page = pages[row.index];
          if (!page) return null;
          const isCurrent = page.index === current;
          return (
            <button
              key={row.key}
              type="button"
              className="thumbnail"
              style={{ transform: `translateY(${String(row.start)}px)`, height: rowHeight - 6 }}
              aria-current={isCurrent ? 'page' : undefined}
              aria-label={text('document.page', { page: page.index + 1 })}
              tabIndex={isCurrent ? 0 : -1}
              onClick={() => {
                onChoose(page.index);
              }}
            >
              {isDrawn && <img src={pageImageAddress(documentId, page.index, THUMBNAIL_WIDTH)} alt="" loading="lazy" />}
              <span>
                {page.index + 1}
                {doubtful.has(page.index) && <i className="dot dot-doubtful" title={text('document.needs_review')} />}
                {page.errors.length > 0 && <i className="dot dot-failed" />}
              </span>
            </button>
          );
        })}
      </div>
    </nav>
  );
}
