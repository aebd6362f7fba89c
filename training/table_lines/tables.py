"""Tables to learn from: those of the corpus' reports, and tables made of theirs with other columns, spans and rules.

Everything is drawn from the numpy Generator given.
"""
from report import Aside, Boxes, Cell, Columns, Paragraph, Report, Table, Title

STYLES = ["lined", "lined", "three", "three", "none", "none", "none", "rules", "zebra", "boxed", "shaded", "open", "dotted", "headed"]
WITH_TABLES = 40  # reports drawn at most until one has a table
GROUPS = ["血液分析", "生化检验", "入院时", "术后第一天", "第一次", "第二次", "凝血功能", "一般检查", "肝功能", "复查", "治疗前", "治疗后", "Baseline", "Follow-up",
          "Reference", "实验室检查", "甲组", "乙组", "结果", "参考"]


def _pick(random, options):
    return options[int(random.integers(len(options)))]


def tables_of(blocks):
    for block in blocks:
        if isinstance(block, Columns):
            yield from tables_of(block.blocks)
        elif isinstance(block, Boxes):
            for box in block.boxes:
                yield from tables_of(box)
        elif isinstance(block, Aside):
            yield from tables_of([*block.left, *block.right])
        elif isinstance(block, Table):
            yield block


def paragraphs_of(blocks):
    return [b for b in blocks if isinstance(b, (Paragraph, Title))]


def _report_with_tables(random, layouts, language=None):
    for _ in range(WITH_TABLES):
        made = layouts[int(random.integers(len(layouts)))][2](random)
        if (language is None or made.language == language) and any(True for _ in tables_of(made.blocks)):
            return made
    return None


def styled(random, table):
    """The table in another dress."""
    table.style = _pick(random, STYLES)
    if random.random() < 0.12:
        table.style += _pick(random, [" topped", " footed", " half"])
    table.compact = bool(random.random() < 0.35)
    table.splittable, table.break_rows = False, False


def _plain_rows(table):
    """Texts of a table without spans, or None."""
    count = len(table.rows[0])
    if any(len(row) != count or any(c.rowspan > 1 or c.colspan > 1 for c in row) for row in table.rows):
        return None
    return [[c.text for c in row] for row in table.rows]


def _recut(random, rows):
    """Other columns and rows of the same texts."""
    columns = list(random.permutation(len(rows[0])))
    columns = columns[:int(random.integers(2, len(columns) + 1))] if len(columns) > 2 else columns
    if random.random() < 0.25 and len(columns) < 6:
        columns += [int(c) for c in random.choice(len(rows[0]), int(random.integers(1, 4)))]
    body = rows[1:]
    start = int(random.integers(max(1, len(body) - 2)))
    body = body[start:start + int(random.integers(2, 26))]
    rows = [[row[c] for c in columns] for row in [rows[0], *body]]
    for column in range(len(columns)):
        if random.random() < 0.2:
            share = random.uniform(0.2, 0.9)
            for row in rows[1:]:
                if random.random() < share:
                    row[column] = ""
    return rows


def _with_head_groups(random, head):
    """Two header rows: some columns below a common title, the others reach down over both."""
    above, below, column = [], [], 0
    while column < len(head):
        span = int(random.integers(2, 4)) if random.random() < 0.5 else 1
        span = min(span, len(head) - column)
        if span == 1:
            above.append(Cell(head[column], rowspan=2))
        else:
            above.append(Cell(_pick(random, GROUPS), colspan=span))
            below += [Cell(t) for t in head[column:column + span]]
        column += span
    return [above, below] if below else [[Cell(t) for t in head]]


def _with_row_groups(random, body):
    """The first column's cells reach over two to five rows here and there."""
    rows, at = [], 0
    while at < len(body):
        span = min(int(random.integers(2, 6)) if random.random() < 0.6 else 1, len(body) - at)
        rows.append([Cell(body[at][0] or _pick(random, GROUPS), rowspan=span)] + [Cell(t) for t in body[at][1:]])
        rows += [[Cell(t) for t in row[1:]] for row in body[at + 1:at + span]]
        at += span
    return rows


def _with_titles_between(random, body, count):
    """Rows of one cell that names a group."""
    rows, left = [], int(random.integers(0, 4))
    for row in body:
        if left == 0:
            rows.append([Cell(_pick(random, GROUPS), colspan=count)])
            left = int(random.integers(2, 7))
        left -= 1
        rows.append([Cell(t) for t in row])
    return rows


def _with_wide_cells(random, body):
    """Here and there one cell for two columns that stand beside each other."""
    rows = []
    for row in body:
        at = int(random.integers(1, max(2, len(row) - 1)))
        if len(row) < 3 or random.random() > 0.2:
            rows.append([Cell(t) for t in row])
        else:
            rows.append([Cell(t) for t in row[:at]] + [Cell(row[at], colspan=2)] + [Cell(t) for t in row[at + 2:]])
    return rows


def made_table(random, layouts, language):
    """A table of our own cut, or None."""
    report = _report_with_tables(random, layouts, language)
    if report is None:
        return None, []
    tables = list(tables_of(report.blocks))
    table = tables[int(random.integers(len(tables)))]
    rows = _plain_rows(table)
    if rows and len(rows) > 2:
        head, *body = _recut(random, rows)
        header_rows, kind = 1, random.random()
        above = [[Cell(t) for t in head]]
        if random.random() < 0.25 and len(head) > 2:
            above = _with_head_groups(random, head)
        if kind < 0.2 and len(head) > 2:
            made = _with_row_groups(random, body)
        elif kind < 0.4:
            made = _with_titles_between(random, body, len(head))
        elif kind < 0.5:
            made = _with_wide_cells(random, body)
        else:
            made = [[Cell(t) for t in row] for row in body]
        header_rows = len(above)
        if random.random() < 0.1:
            header_rows, above = 0, []
        table = Table(above + made, header_rows=header_rows)
        if random.random() < 0.3:
            shares = random.uniform(0.5, 2.0, len(head))
            table.widths = [round(float(v), 1) for v in shares / shares.sum() * 100]
    styled(random, table)
    return table, paragraphs_of(report.blocks)


def drawn_report(random, layouts):
    """A report with tables: as the corpus has it, in another dress, or a page of tables of our own cut."""
    report = _report_with_tables(random, layouts)
    kind = random.random()
    if kind < 0.25:
        return report
    if kind < 0.45:
        for table in tables_of(report.blocks):
            styled(random, table)
        return report
    blocks = []
    for _ in range(int(random.integers(2, 5))):
        table, words = made_table(random, layouts, report.language)
        if table is None:
            continue
        beside = [words[int(random.integers(len(words)))] for _ in range(int(random.integers(0, 3)))] if words else []
        blocks += [*beside, table]
    return Report("other", blocks, paper=report.paper if report.paper != "roll" else "A4", language=report.language, look=report.look)
