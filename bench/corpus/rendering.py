"""A Report and a look become one HTML page that paginate.js deals out to sheets."""
import base64
import html
import re
from pathlib import Path

from report import Aside, Boxes, Columns, Figure, FigureRow, Formula, KeyValues, Paragraph, Table, Title

_HERE = Path(__file__).resolve().parent
PAGINATE = (_HERE / "paginate.js").read_text(encoding="utf-8")
_STYLE = (_HERE / "report.css").read_text(encoding="utf-8")

PAPER = {"A4": (794, 1123, "210mm 297mm"), "A4 landscape": (1123, 794, "297mm 210mm"),
         "A5 landscape": (794, 559, "210mm 148mm"), "roll": (302, 794, "80mm 210mm"), "B5": (665, 945, "176mm 250mm"),
         "Letter": (816, 1056, "8.5in 11in")}

_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789−+"))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789"))


def markup(text, look):
    """Escapes text; sets scripts with <sup>/<sub> unless the look prints the Unicode characters themselves."""
    text = html.escape(text, quote=False)
    if look["scripts"] == "raised":
        text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+", lambda m: "<sup>" + "".join(_RAISED[c] for c in m.group()) + "</sup>", text)
        text = re.sub("[₀₁₂₃₄₅₆₇₈₉]+", lambda m: "<sub>" + "".join(_LOWERED[c] for c in m.group()) + "</sub>", text)
    if look["css"]["font"].startswith("'WenQuanYi Micro Hei'"):  # its ℃ is an empty glyph
        text = text.replace("℃", "<span class='substitute'>℃</span>")
    return text.replace("\n", "<br>")


class _Renderer:
    def __init__(self, look):
        self.look = look
        self.next_id = 0

    def _mark(self):
        self.next_id += 1
        return f'data-id="{self.next_id - 1}"'

    def block(self, block):
        return getattr(self, "_" + type(block).__name__.lower())(block)

    def _title(self, title):
        tag = f"h{title.level}"
        return f'<{tag} class="block {title.style}" {self._mark()}>{markup(title.text, self.look)}</{tag}>'

    def _paragraph(self, paragraph):
        label = f"<b>{markup(paragraph.label, self.look)}</b>" if paragraph.label else ""
        return f'<p class="block {paragraph.style}" {self._mark()}>{label}{markup(paragraph.text, self.look)}</p>'

    def _keyvalues(self, block):
        colon = {"bare": " ", "underlined": "："}.get(block.style, self.look["colon"])
        items = "".join(
            f'<span class="pair"><span class="key">{markup(key, self.look)}{colon}</span>'
            f'<span class="value">{markup(value, self.look)}</span></span>' for key, value in block.pairs)
        return f'<div class="block pairs {block.style} columns{block.columns}" {self._mark()}>{items}</div>'

    def _cell(self, cell, tag):
        spans = f' rowspan="{cell.rowspan}"' * (cell.rowspan > 1) + f' colspan="{cell.colspan}"' * (cell.colspan > 1)
        text = markup(cell.text, self.look)
        return f"<{tag}{spans}>{f'<b>{text}</b>' if cell.bold else text}</{tag}>"

    def _table(self, table):
        rows = ["<tr>" + "".join(self._cell(c, "th" if i < table.header_rows else "td") for c in row) + "</tr>"
                for i, row in enumerate(table.rows)]
        widths = "".join(f'<col style="width:{w}%">' for w in table.widths or [])
        caption = f"<caption>{markup(table.caption, self.look)}</caption>" if table.caption else ""
        classes = " ".join(["block", "tabular"] + ["splittable"] * table.splittable)
        inner = " ".join([table.style] + ["compact"] * table.compact + ["below"] * table.caption_below)
        return (f'<div class="{classes}" data-repeat="{"yes" if table.repeat_header else "no"}" '
                f'data-break-rows="{"yes" if table.break_rows else "no"}" {self._mark()}>'
                f'<table class="{inner}">{caption}<colgroup>{widths}</colgroup><thead>'
                f'{"".join(rows[:table.header_rows])}</thead><tbody>{"".join(rows[table.header_rows:])}</tbody></table></div>')

    def _figure(self, figure):
        caption = f"<figcaption>{markup(figure.caption, self.look)}</figcaption>"
        inside = caption + figure.markup if figure.caption_above else figure.markup + caption
        return f'<figure class="block" {self._mark()}>{inside}</figure>'

    def _figurerow(self, row):
        return '<div class="figures">' + "".join(map(self._figure, row.figures)) + "</div>"

    def _formula(self, formula):
        return f'<div class="block formula" {self._mark()}><math display="block">{formula.mathml}</math></div>'

    def _pagebreak(self, _):
        return '<div class="page-break"></div>'

    def _columns(self, columns):
        return f'<div class="columns{" ruled" if columns.rule else ""}">' + "".join(map(self.block, columns.blocks)) + "</div>"

    def _boxes(self, row):
        return '<div class="boxes">' + "".join(f'<div>{"".join(map(self.block, box))}</div>' for box in row.boxes) + "</div>"

    def _aside(self, aside):
        share = aside.left_share * 100
        return (f'<div class="aside"><div style="width:{share:.0f}%">{"".join(map(self.block, aside.left))}</div>'
                f'<div style="width:{97 - share:.0f}%">{"".join(map(self.block, aside.right))}</div></div>')


def page_html(report, look, seal=None):
    """The whole document, its blocks still undealt under #source. `seal` is a PNG laid over the last lines."""
    width, height, size = PAPER[report.paper]
    renderer = _Renderer(look)
    blocks = "\n".join(map(renderer.block, report.blocks))
    if seal:
        blocks += f'<div class="seal"><img src="data:image/png;base64,{base64.b64encode(seal).decode()}"></div>'
    variables = ";".join(f"--{key}:{value}" for key, value in look["css"].items())
    head, foot = (markup(text, look) if text else "" for text in (report.header, report.footer))
    return (f'<!doctype html><html lang="{report.language}"><meta charset="utf-8"><style>@page{{size:{size};margin:0}}'
            f":root{{{variables};--page-width:{width}px;--page-height:{height - 1}px}}{_STYLE}</style>"
            f'<body class="{look["classes"]}"><div id="source">{blocks}</div>'
            f'<template id="page"><div class="page"><div class="head{"" if head else " empty"}">{head}</div>'
            f'<div class="body"></div><div class="foot{"" if foot else " empty"}">{foot}</div></div></template></body></html>')
