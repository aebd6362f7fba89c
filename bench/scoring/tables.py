"""Similarity of tables: an edit distance over rows and, inside a row, over cells.

The tree of a table (table, rows, cells) is only two levels deep, so instead of the general tree edit distance behind
TEDS (Zhong et al., 2020) rows are aligned with rows in order, and cells with cells. That bounds the general distance from
above, so the score is never kinder than TEDS, and it needs no tree package.
"""
from dataclasses import dataclass

from scoring.alignment import aligned
from scoring.normal import distance, fold


@dataclass(frozen=True)
class GridCell:
    text: str
    rowspan: int
    colspan: int


def _prepared(rows):
    return [[GridCell(fold(c.text), c.rowspan, c.colspan) for c in row] for row in rows]


def similarity(a, b, structure):
    """1 - distance / nodes of the larger table. `structure` ignores the text in cells."""
    a, b = _prepared(a), _prepared(b)

    def cell_cost(x, y):
        if (x.rowspan, x.colspan) != (y.rowspan, y.colspan):
            return 1.0
        return 0.0 if structure or x.text == y.text else distance(x.text, y.text)

    known = {}

    def row_cost(x, y):
        key = (id(x), id(y))
        if key not in known:
            known[key] = aligned(x, y, lambda _: 1.0, cell_cost)
        return known[key]
    nodes = max(1 + sum(1 + len(row) for row in table) for table in (a, b))
    return max(0.0, 1 - aligned(a, b, lambda row: 1 + len(row), row_cost) / nodes)


def best_match(wanted, found, structure):
    """Mean similarity of the wanted tables to their best partners; surplus tables count against it."""
    if not wanted:
        return None
    left, total = list(range(len(found))), 0.0
    for table in wanted:
        scored = [(similarity(table, found[i], structure), i) for i in left]
        if scored:
            best, i = max(scored, key=lambda s: (s[0], -s[1]))
            total += best
            left.remove(i)
    return total / max(len(wanted), len(found))


def truth_tables(blocks):
    """The truth's tables; one that goes on over a page is joined, its repeated header dropped."""
    from scoring.markdown import html_table
    made = []
    for block in blocks:
        if block["type"] != "table":
            continue
        rows = html_table(block["html"])
        if block.get("continues"):
            made[-1] = made[-1] + rows[1:]
        else:
            made.append(rows)
    return made
