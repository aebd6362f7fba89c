"""The model of a synthetic report: blocks in reading order, furniture, and the exact clinical truth.

Text is plain Unicode as a reader would type it (×10⁹/L, CO₂); how scripts are set is the look's affair.
"""
import html
from dataclasses import dataclass, field


@dataclass
class Cell:
    text: str
    rowspan: int = 1
    colspan: int = 1
    bold: bool = False


@dataclass
class Title:
    """A line that stands alone. `level` 1..6 as the Markdown must show it; `style` names a CSS class."""
    text: str
    level: int
    style: str = ""


@dataclass
class Paragraph:
    """Running text; `label` is set bold before it on the same line (主诉：)."""
    text: str
    label: str = ""
    style: str = ""


@dataclass
class KeyValues:
    """Pairs printed several to a line. `style`: grid, flow, underlined, bare (no colon), line (pushed right), framed."""
    pairs: list
    columns: int = 3
    style: str = "grid"


@dataclass
class Table:
    """`rows` holds lists of Cell or str. `style`: lined, three, none, rules, zebra, boxed, shaded, open, dotted, headed,
    slip (between rules typed with dashes); with `half` it is narrow, with `topped` or `footed` its cells stand at the top or bottom of
    their row instead of the middle.

    A `splittable` table may go on over the page; with `break_rows` even inside a row.
    """
    rows: list
    style: str = "lined"
    header_rows: int = 1
    caption: str | None = None
    caption_below: bool = False
    widths: list | None = None
    splittable: bool = False
    repeat_header: bool = True
    compact: bool = False
    break_rows: bool = False

    def __post_init__(self):
        self.rows = [[c if isinstance(c, Cell) else Cell(str(c)) for c in row] for row in self.rows]


@dataclass
class Figure:
    """`markup` is an <img> or <svg>; the caption stands below it (or above)."""
    markup: str
    caption: str
    caption_above: bool = False


@dataclass
class FigureRow:
    """Figures side by side; read row by row."""
    figures: list


@dataclass
class Formula:
    """A display formula; see formulas.py."""
    latex: str
    mathml: str


@dataclass
class Columns:
    """Blocks set in two columns, read down the left one first."""
    blocks: list
    rule: bool = False


@dataclass
class Aside:
    """Two stacks of blocks side by side (a sidebar with fields, findings next to a picture); left is read first."""
    left: list
    right: list
    left_share: float = 0.35


@dataclass
class Boxes:
    """Stacks of blocks, each in a drawn box, side by side; read box by box."""
    boxes: list


@dataclass
class PageBreak:
    """What follows starts on a new page."""


@dataclass
class Report:
    """A whole report. `header` and `footer` may hold {page} and {pages}. `clinical` has the contract's shape."""
    document_type: str
    blocks: list
    header: str | None = None
    footer: str | None = None
    paper: str = "A4"
    language: str = "zh"
    patient: dict = field(default_factory=dict)
    sections: dict = field(default_factory=dict)
    accepted: dict = field(default_factory=dict)  # {"sections.x": other text that is as right}
    diagnoses: list = field(default_factory=list)
    lab_results: list | None = None
    medications: list = field(default_factory=list)
    identifiers: list = field(default_factory=list)
    look: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)  # several reports in one file: the Reports in order, this one holds their blocks

    def clinical(self):
        truth = {"document_type": self.document_type}
        for key in ("patient", "sections", "diagnoses", "medications", "accepted"):
            if getattr(self, key):
                truth[key] = getattr(self, key)
        if self.lab_results is not None:
            truth["lab_results"] = self.lab_results
        return truth


def walk(blocks):
    """All leaf blocks in reading order."""
    for block in blocks:
        if isinstance(block, Columns):
            yield from walk(block.blocks)
        elif isinstance(block, Aside):
            yield from walk(block.left)
            yield from walk(block.right)
        elif isinstance(block, Boxes):
            for box in block.boxes:
                yield from walk(box)
        elif isinstance(block, FigureRow):
            yield from block.figures
        elif not isinstance(block, PageBreak):
            yield block


def table_html(rows):
    """The rows as the truth's HTML: no attributes but spans."""
    def cell(c):
        spans = (f' rowspan="{c.rowspan}"' if c.rowspan > 1 else "") + (f' colspan="{c.colspan}"' if c.colspan > 1 else "")
        return f"<td{spans}>{html.escape(c.text, quote=False)}</td>"
    return "<table>" + "".join("<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows) + "</table>"


def _truth_of_table(table, parts, only_table):
    """One block, or two with the second marked as going on, where a single table breaks once and repeats its header."""
    body = table.rows[table.header_rows:]
    base = {"type": "table", "style": table.style, "caption": table.caption}
    if len(parts) == 2 and only_table and table.repeat_header and table.header_rows == 1 and not table.break_rows:
        first = parts[0]["rows"]
        head = table.rows[:1]
        return [dict(base, html=table_html(head + body[:first])),
                dict(base, html=table_html(head + body[first:]), caption=None, continues=True)]
    return [dict(base, html=table_html(table.rows), **({"parts": len(parts)} if len(parts) > 1 else {}))]


def _truth_of_parts(reports, placed):
    """Each report of a file with the pages it stands on (from 0)."""
    made, first = [], 0
    for report in reports:
        count = sum(1 for _ in walk(report.blocks))
        pages = sorted({part["page"] for number in range(first, first + count) for part in placed[number]})
        made.append({"pages": pages, **report.clinical()})
        first += count
    return made


def truth(report, placed):
    """The truth JSON. `placed` is what paginate.js answered: where every leaf block came to stand."""
    leaves = list(walk(report.blocks))
    parts = {}
    for part in placed["parts"]:
        parts.setdefault(part["id"], []).append(part)
    tables = [b for b in leaves if isinstance(b, Table)]
    blocks, crosses = [], False
    page_seen = -1
    for number, block in enumerate(leaves):
        page = parts[number][0]["page"]
        if page != page_seen:
            if page_seen >= 0 and report.footer:
                blocks.append({"type": "footer", "text": placed["footers"][page_seen]})
            if report.header:
                blocks.append({"type": "header", "text": placed["headers"][page]})
            page_seen = page
        where = {"boxes": [[p["page"], *p["box"]] for p in parts[number]]}
        if isinstance(block, Title):
            made = [{"type": "title", "level": block.level, "text": block.text}]
        elif isinstance(block, Paragraph):
            made = [{"type": "paragraph", "text": block.label + block.text}]
        elif isinstance(block, KeyValues):
            made = [{"type": "keyvalue", "pairs": [list(p) for p in block.pairs]}]
        elif isinstance(block, Table):
            made = _truth_of_table(block, parts[number], len(tables) == 1)
            crosses |= len(made) > 1
        elif isinstance(block, Figure):
            made = [{"type": "figure", "caption": block.caption}]
        else:
            made = [{"type": "formula", "latex": block.latex}]
        made[0].update(where)
        blocks += made
    for page in range(page_seen, placed["pages"]):
        if report.footer:
            blocks.append({"type": "footer", "text": placed["footers"][page]})
        if page > page_seen and report.header:
            blocks.append({"type": "header", "text": placed["headers"][page]})
    clinical = report.clinical()
    if crosses:
        clinical["cross_page_table"] = True
    if report.parts:
        clinical["parts"] = _truth_of_parts(report.parts, parts)
    return {"pages": placed["pages"], "blocks": blocks, "regions": placed["regions"], "clinical": clinical,
            "identifiers": report.identifiers, "language": report.language}
