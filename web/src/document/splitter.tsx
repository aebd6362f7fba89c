// Two panes and a bar between them that is dragged or moved by the arrow keys.
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

import { useText } from '../language/language';

const NARROWEST = 25; // percent of the width that either pane keeps

export function Splitter({ left, right }: { left: ReactNode; right: ReactNode }) {
  const text = useText();
  const [share, setShare] = useState(50);
  const room = useRef<HTMLDivElement>(null);
  const set = (next: number) => {
    setShare(Math.min(100 - NARROWEST, Math.max(NARROWEST, next)));
  };
  const onPointerMove = (event: PointerEvent) => {
    const box = room.current?.getBoundingClientRect();
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    set(((event.clientX - box.left) / box.width) * 100);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -3, ArrowRight: 3 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    set(share + by);
  };
  return (
    <div className="splitter" ref={room}>
      <div style={{ width: `calc(${String(share)}% - 3px)` }}>{left}</div>
      <div
        className="splitter-bar"
        role="separator"
        aria-orientation="vertical"
        aria-label={text('document.resize')}
        aria-valuenow={Math.round(share)}
        aria-valuemin={NARROWEST}
        aria-valuemax={100 - NARROWEST}
        tabIndex={0}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      />
      <div style={{ width: `calc(${String(100 - share)}% - 3px)` }}>{right}</div>
    </div>
  );
}
