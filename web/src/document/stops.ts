// The places of a page in reading order, for going through the result by the arrow keys: blocks, and cells of tables.
import type { PlacedBlock, Selection } from './places';
import { selectionOfCell } from './places';
import { rowsOnPage } from './table_view';

export function stopsOfPage(placed: PlacedBlock[], page: number): Selection[] {
  return placed.flatMap(({ block, bbox }) =>
    block.cells?.length
      ? rowsOnPage(block, page)
          .flat()
          .map((cell) => selectionOfCell(block, cell))
      : [{ page, bbox, block: block.id }],
  );
}

// The stop after (or before) the selected one; from the beginning where nothing of the page is selected.
export function nextStop(stops: Selection[], selection: Selection | null, by: 1 | -1): Selection | undefined {
  const position = stops.findIndex(
    (stop) =>
      stop.block === selection?.block &&
      (!selection?.cell || (stop.cell?.row === selection.cell.row && stop.cell.column === selection.cell.column)),
  );
  if (position < 0) return by > 0 ? stops[0] : stops[stops.length - 1];
  return stops[position + by];
}
