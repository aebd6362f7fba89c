"""The benchmark's measure of tables (bench/scoring/tables.py) over lists of cells instead of HTML.

The measure itself needs packages that the training environment has not (lxml, RapidFuzz); over structure alone it is this.
"""
from scoring.alignment import aligned


def _rows_of(cells):
    """Spans of the cells, row by row, as HTML writes them."""
    rows = {}
    for cell in sorted(cells, key=lambda c: (c[0], c[1])):
        rows.setdefault(cell[0], []).append((cell[2], cell[3]))
    return [rows[r] for r in sorted(rows)]


def structure_likeness(wanted, found):
    """1 - distance / nodes of the larger table, over [row, column, row span, column span]."""
    a, b = _rows_of(wanted), _rows_of(found)
    known = {}

    def row_cost(x, y):
        key = tuple(x), tuple(y)
        if key not in known:
            known[key] = aligned(x, y, lambda _: 1.0, lambda p, q: float(p != q))
        return known[key]
    nodes = max(1 + sum(1 + len(row) for row in table) for table in (a, b))
    return max(0.0, 1 - aligned(a, b, lambda row: 1 + len(row), row_cost) / nodes)


def size_of(cells):
    """(rows, columns) that the cells cover."""
    return max(c[0] + c[2] for c in cells), max(c[1] + c[3] for c in cells)
