// Long plain text (Markdown source, JSON) line by line; only the visible lines exist.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';

const LINE_HEIGHT = 19;

export function SourceView({ source, label }: { source: string; label: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => source.split('\n'), [source]);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
  return (
    <div className="source" ref={scroller} tabIndex={0} role="region" aria-label={label}>
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((row) => (
          <div
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            className="source-line"
            style={{ transform: `translateY(${String(row.start)}px)` }}
          >
            <span className="source-number">{row.index + 1}</span>
            <span className="source-text">{lines[row.index] || '\u00a0'}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
