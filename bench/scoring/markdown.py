"""Reads the Markdown a parser wrote: tables, headings, captions, formulas, and the running text that is left."""
import html
import re
from dataclasses import dataclass

from lxml import html as lxml_html

from scoring.tables import GridCell


@dataclass
class Page:
    """`tables` are lists of rows of GridCell; `headings` are (text, level); `body` is text without all of those marks."""
    tables: list
    headings: list
    captions: list
    formulas: list
    body: str


def html_table(markup):
    """Rows of a <table>."""
    rows = []
    for tr in lxml_html.fromstring(markup).iter("tr"):
        rows.append([GridCell("".join(c.itertext()), int(c.get("rowspan") or 1), int(c.get("colspan") or 1))
                     for c in tr if c.tag in ("td", "th")])
    return [row for row in rows if row]


def _pipe_cells(line):
    cells = re.split(r"(?<!\\)\|", line.strip())
    cells = cells[1:] if cells[0].strip() == "" else cells
    cells = cells[:-1] if cells and cells[-1].strip() == "" else cells
    return [GridCell(html.unescape(re.sub(r"<br\s*/?>", "", c.strip().replace("\\|", "|"))), 1, 1) for c in cells]


def _is_rule(line):
    return "-" in line and re.fullmatch(r"\s*\|?[\s:|-]+\|?\s*", line) is not None


def _take_pipe_tables(lines, tables):
    kept, i = [], 0
    while i < len(lines):
        if lines[i].lstrip().startswith("|") and i + 1 < len(lines) and _is_rule(lines[i + 1]):
            rows = [_pipe_cells(lines[i])]
            i += 2
            while i < len(lines) and lines[i].lstrip().startswith("|"):
                rows.append(_pipe_cells(lines[i]))
                i += 1
            tables.append(rows)
        else:
            kept.append(lines[i])
            i += 1
    return kept


def read(content):
    """The Page of a Markdown file."""
    tables = []

    def take(match):
        tables.append((match.start(), html_table(match.group())))
        return "\n"
    content = re.sub(r"<table.*?</table>", take, content, flags=re.S | re.I)
    tables = [t for _, t in tables]
    lines = _take_pipe_tables(content.split("\n"), tables)
    text = "\n".join(lines)
    headings = [(t.strip(), len(marks)) for marks, t in re.findall(r"^(#{1,6})\s+(.*)$", text, flags=re.M)]
    captions = [line for line in lines if line.lstrip().startswith(">") or "![" in line]
    formulas = re.findall(r"\$\$(.+?)\$\$", text, flags=re.S)
    body = re.sub(r"\$\$.+?\$\$", "", text, flags=re.S)
    body = re.sub(r"!\[.*?\]\(.*?\)|<!--.*?-->|<img[^>]*>", "", body, flags=re.S)
    body = re.sub(r"^\s*(?:#+|>|[-*+] )\s*", "", body, flags=re.M).replace("**", "")
    return Page(tables, headings, captions, formulas, body)
