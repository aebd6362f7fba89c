// The picture of a page with the boxes of what was read. One SVG lies over the picture in the page's points, so that
// zoom and rotation cost no arithmetic and a click is one inverse transform.
import { memo, useLayoutEffect, useRef, type MouseEvent } from 'react';

import { pageImageAddress } from '../api/documents';
import type { PageInfo } from '../api/types';
import { useText } from '../language/language';
import { blockHint } from './block_view';
import { isMarginal, type PlacedBlock, type Selection } from './places';

export interface PictureView {
  scale: number; // CSS pixels for each point
  rotation: 0 | 90 | 180 | 270; // clockwise degrees, the reader's own
  showBoxes: boolean;
}

// Widths that pages are asked for in: few, so that the browser's cache hits while zooming.
const WIDTHS = [900, 1400, 2000, 2800];

export function pictureWidth(pageWidth: number, scale: number, pixelRatio: number): number {
  const wanted = pageWidth * scale * pixelRatio;
  return WIDTHS.find((width) => width >= wanted) ?? WIDTHS[WIDTHS.length - 1] ?? 2000;
}

interface PagePictureProps {
  documentId: string;
  page: PageInfo;
  placed: PlacedBlock[];
  view: PictureView;
  selection: Selection | null;
  onPick: (x: number, y: number) => void;
  onOpen: (x: number, y: number) => void;
}

export function PagePicture(props: PagePictureProps) {
  const { page, view, selection, placed } = props;
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const mark = useRef<SVGRectElement>(null);
  const width = page.width * view.scale;
  const height = page.height * view.scale;
  const sideways = view.rotation % 180 !== 0;

  const selected = selection?.page === page.index ? selection : null;
  useLayoutEffect(() => {
    if (selected && mark.current && scroller.current) bringIntoView(scroller.current, mark.current);
  }, [selected, view.scale, view.rotation]);

  const report = (event: MouseEvent, tell: (x: number, y: number) => void) => {
    const matrix = svg.current?.getScreenCTM();
    if (!matrix) return;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    tell(point.x, point.y);
  };

  return (
    <div className="picture" ref={scroller} tabIndex={0} role="region" aria-label={text('document.picture')}>
      <div className="picture-room" style={{ width: sideways ? height : width, height: sideways ? width : height }}>
        <div
          className="picture-sheet"
          style={{ width, height, transform: `translate(-50%, -50%) rotate(${String(view.rotation)}deg)` }}
        >
          <img
            key={page.index}
            src={pageImageAddress(props.documentId, page.index, pictureWidth(page.width, view.scale, devicePixelRatio))}
            alt={text('document.page', { page: page.index + 1 })}
            draggable={false}
          />
          <svg
            ref={svg}
            viewBox={`0 0 ${String(page.width)} ${String(page.height)}`}
            preserveAspectRatio="none"
            aria-hidden="true"
            onClick={(event) => {
              report(event, props.onPick);
            }}
            onDoubleClick={(event) => {
              report(event, props.onOpen);
            }}
          >
            {view.showBoxes && <BlockBoxes placed={placed} />}
            {selected && (
              <rect
                ref={mark}
                className="box-selected"
                x={selected.bbox[0] - 2}
                y={selected.bbox[1] - 2}
                width={selected.bbox[2] - selected.bbox[0] + 4}
                height={selected.bbox[3] - selected.bbox[1] + 4}
              />
            )}
          </svg>
        </div>
      </div>
    </div>
  );
}

const BlockBoxes = memo(function BlockBoxes({ placed }: { placed: PlacedBlock[] }) {
  const text = useText();
  return (
    <>
      {placed.map(({ block, bbox }) => (
        <rect
          key={`${block.id} ${String(bbox[1])}`}
          data-block={block.id}
          className={`box box-${isMarginal(block) ? 'marginal' : block.type}${block.needs_review ? ' box-doubtful' : ''}`}
          x={bbox[0]}
          y={bbox[1]}
          width={bbox[2] - bbox[0]}
          height={bbox[3] - bbox[1]}
        >
          <title>{blockHint(text, block, '')}</title>
        </rect>
      ))}
    </>
  );
});

// Scrolls only where the mark is not well inside the visible part, and then at once: a smooth scroll would keep the
// reader waiting.
function bringIntoView(scroller: HTMLElement, mark: Element): void {
  const room = scroller.getBoundingClientRect();
  const box = mark.getBoundingClientRect();
  const margin = 24;
  if (box.top < room.top + margin || box.bottom > room.bottom - margin) {
    scroller.scrollTop += box.top + box.height / 2 - (room.top + room.height / 2);
  }
  if (box.left < room.left + margin || box.right > room.right - margin) {
    scroller.scrollLeft += box.left + Math.min(box.width, room.width) / 2 - (room.left + room.width / 2);
  }
}
