// The picture of the current page with its tools: page, zoom, rotation, boxes.
import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import {
  IconBoxMultiple,
  IconChevronLeft,
  IconChevronRight,
  IconMinus,
  IconPlus,
  IconRotateClockwise,
  IconArrowAutofitWidth,
} from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';

import type { PageInfo } from '../api/types';
import { useText } from '../language/language';
import { PagePicture, type PictureView } from './page_picture';
import { hitTest, type PlacedBlock, type Selection } from './places';
import { isTyping } from './use_document_keys';

interface PicturePaneProps {
  documentId: string;
  page: PageInfo;
  pageCount: number;
  placed: PlacedBlock[];
  selection: Selection | null;
  onSelect: (selection: Selection) => void;
  onOpen: (selection: Selection) => void;
  onTurnPage: (by: number) => void;
}

const ZOOM_STEP = 1.25;
const SMALLEST_SCALE = 0.2;
const LARGEST_SCALE = 6;
const SCROLLBAR_WIDTH = 18;

export function PicturePane(props: PicturePaneProps) {
  const { page } = props;
  const text = useText();
  const room = useRef<HTMLDivElement>(null);
  const roomWidth = useWidth(room);
  const [zoom, setZoom] = useState(1); // of the fitting scale
  const [rotation, setRotation] = useState<PictureView['rotation']>(0);
  const [showBoxes, setShowBoxes] = useState(true);

  const across = rotation % 180 === 0 ? page.width : page.height;
  const fitting = Math.max(0.1, (roomWidth - SCROLLBAR_WIDTH - 16) / Math.max(1, across));
  const scale = Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, fitting * zoom));
  const enlarge = () => {
    setZoom((value) => Math.min(8, value * ZOOM_STEP));
  };
  const reduce = () => {
    setZoom((value) => Math.max(0.25, value / ZOOM_STEP));
  };
  const turn = () => {
    setRotation((value) => ((value + 90) % 360) as PictureView['rotation']);
  };
  useZoomKeys({ enlarge, reduce, turn });

  const pick = (tell: (selection: Selection) => void) => (x: number, y: number) => {
    const hit = hitTest(props.placed, page.index, x, y);
    if (hit) tell(hit);
  };
  return (
    <div className="pane">
      <Group className="pane-bar" gap={4} wrap="nowrap">
        <Tool
          label={text('app.previous')}
          disabled={page.index === 0}
          onClick={() => {
            props.onTurnPage(-1);
          }}
        >
          <IconChevronLeft size={18} />
        </Tool>
        <Text size="sm" className="nowrap">
          {text('app.of_pages', { page: page.index + 1, pages: props.pageCount })}
        </Text>
        <Tool
          label={text('app.next')}
          disabled={page.index >= props.pageCount - 1}
          onClick={() => {
            props.onTurnPage(1);
          }}
        >
          <IconChevronRight size={18} />
        </Tool>
        <span className="spacer" />
        <Tool label={text('document.zoom_out')} onClick={reduce}>
          <IconMinus size={18} />
        </Tool>
        <Text size="xs" w={38} ta="center">
          {Math.round(zoom * 100)}%
        </Text>
        <Tool label={text('document.zoom_in')} onClick={enlarge}>
          <IconPlus size={18} />
        </Tool>
        <Tool
          label={text('document.fit')}
          onClick={() => {
            setZoom(1);
          }}
        >
          <IconArrowAutofitWidth size={18} />
        </Tool>
        <Tool label={text('document.rotate')} onClick={turn}>
          <IconRotateClockwise size={18} />
        </Tool>
        <Tool
          label={text('document.boxes')}
          pressed={showBoxes}
          onClick={() => {
            setShowBoxes(!showBoxes);
          }}
        >
          <IconBoxMultiple size={18} />
        </Tool>
      </Group>
      <div className="pane-body" ref={room}>
        {roomWidth > 0 && (
          <PagePicture
            documentId={props.documentId}
            page={page}
            placed={props.placed}
            view={{ scale, rotation, showBoxes }}
            selection={props.selection}
            onPick={pick(props.onSelect)}
            onOpen={pick(props.onOpen)}
          />
        )}
      </div>
    </div>
  );
}

interface ToolProps {
  label: string;
  onClick: () => void;
  disabled?: boolean;
  pressed?: boolean;
  children: ReactNode;
}

function Tool({ label, onClick, disabled, pressed, children }: ToolProps) {
  return (
    <Tooltip label={label} openDelay={400} withinPortal>
      <ActionIcon
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? 'clinical' : 'gray.8'}
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function useWidth(element: React.RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const observed = element.current;
    if (!observed) return undefined;
    setWidth(observed.clientWidth);
    const observer = new ResizeObserver(() => {
      setWidth(observed.clientWidth);
    });
    observer.observe(observed);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return width;
}

function useZoomKeys(actions: { enlarge: () => void; reduce: () => void; turn: () => void }): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      if (event.key === '+' || event.key === '=') latest.current.enlarge();
      else if (event.key === '-') latest.current.reduce();
      else if (event.key === 'r' || event.key === 'R') latest.current.turn();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
