"""Laboratory sheets and slips without lines between their rows, so narrow that cells wrap: names, units, ranges.

What a cell is wrapped beside stands at the middle, the first or the last of its lines, as the sheet has it; rows may stand no
farther apart than the lines of one cell. They come behind all other layouts of the plan.
"""
from content import PANEL_TITLES, draw_lab_style, draw_labs, flag_text, lab_truth, pick
from layouts.common import Sheet
from layouts.laboratory import _closing, _columns, _sheet
from report import Cell, Table

_PANELS = [["hepatitis"], ["tumour"], ["bloodgas", "electrolyte"], ["liver", "kidney"], ["cbc"], ["coagulation", "cardiac"], ["immunology"], ["thyroid"]]
# Columns with the share of the width that each takes; narrow enough that names wrap always and others often.
_ORDERS = [(["name", "value", "flag", "unit", "range"], [24, 18, 8, 22, 28]), (["number", "name", "value+flag", "unit", "range"], [8, 26, 22, 20, 24]),
           (["name(code)", "value+flag", "range", "unit"], [30, 22, 26, 22]), (["name", "code", "value", "range+unit"], [26, 20, 18, 36]),
           (["code", "name", "value", "flag", "range", "unit"], [16, 24, 14, 8, 20, 18])]
_NARROW = [(["name", "value+unit", "range"], [34, 34, 32]), (["name", "value+flag", "range+unit"], [32, 26, 42]),
           (["name(code)", "value+unit+range"], [38, 62]), (["name", "value", "unit", "range"], [30, 20, 22, 28]), (["code", "name", "value+flag", "range"], [22, 30, 20, 28])]


def _text(row, column, number, flags):
    flag = flag_text(row.state, flags)
    pieces = {"number": str(number), "name": row.name, "code": row.code, "value": row.value, "flag": flag, "unit": row.unit, "range": row.range}
    if column == "name(code)":
        return f"{row.name}({row.code})"
    if column == "value+unit+range":
        return " ".join(filter(None, (row.value, flag, row.unit, f"[{row.range}]")))
    if column == "value+unit":
        return " ".join(filter(None, (row.value, flag, row.unit)))
    return " ".join(filter(None, (pieces[piece] for piece in column.split("+"))))


def _head(sheet, order):
    first = ["value" if c.startswith("value") else "range" if c.startswith("range") else "name" if c.startswith("name") else c for c in order]
    return _columns(sheet, first)


def _body(sheet, panels, order, flags, least, most, grouped):
    """The rows, each panel under its name where `grouped`; their truth joins the report's."""
    style, rows, number = draw_lab_style(sheet.random), [], 0
    style.alias = False
    for panel in panels:
        if grouped:
            rows.append([Cell(PANEL_TITLES[panel], colspan=len(order))])
        for row in draw_labs(sheet.random, [panel], style, 0.4, int(sheet.random.integers(least, most))):
            number += 1
            rows.append([_text(row, column, number, flags) for column in order])
            name = f"{row.name}({row.code})" if "name(code)" in order else None
            truth = lab_truth(row, flags, name, name is not None or "code" in order)
            if not any("unit" in column for column in order):
                truth["unit"] = ""
            if not any("flag" in column or column.startswith("value+unit") for column in order):
                truth["flag"] = ""
            sheet.report.lab_results.append(truth)
    return rows


def wrapped_open(random):
    """A sheet in narrow columns without lines between its rows."""
    panels, (order, widths) = pick(random, _PANELS), pick(random, _ORDERS)
    sheet = _sheet(random, panels, None)
    sheet.report.look["cell-padding"] = f"{pick(random, [0, 1, 2, 3, 5])}px {pick(random, [4, 8])}px"
    sheet.fields(["name", "sex", "age", "department", "bed", "sample_type"], "grid", columns=3)
    flags = sheet.pick("arrow", "letter")
    rows = _body(sheet, panels, order, flags, 6, 11, len(panels) > 1 and random.random() < 0.5)
    place = sheet.pick("", "", " topped", " footed")
    sheet.add(Table([_head(sheet, order)] + rows, sheet.pick("none", "three", "boxed") + place + " half", widths=widths))
    return _closing(sheet)


def wrapped_roll(random):
    """A slip on a roll with three or four columns."""
    panels, (order, widths) = pick(random, _PANELS), pick(random, _NARROW)
    sheet = _sheet(random, panels, "plain", paper="roll", title=f"{PANEL_TITLES[panels[0]]}报告")
    sheet.report.look.update({"size": "12px", "table-size": f"{pick(random, [10, 11, 12])}px", "margin-side": "18px", "title-size": "17px",
                              "cell-padding": f"{pick(random, [0, 0, 1, 3])}px 3px"})
    sheet.fields(["name", "sex", "age", "sample_number"], "grid", columns=1)
    flags = sheet.pick("arrow", "letter")
    rows = _body(sheet, panels[:1], order, flags, 5, 9, False)
    headed = random.random() < 0.7
    place = sheet.pick("", "", " topped", " footed")
    style = sheet.pick("none", "three", "slip") if headed else sheet.pick("none", "slip")
    if style == "slip":  # the typed rules are as wide as the table in a typeface of one width only
        sheet.report.look.update({"font": "'DejaVu Sans Mono','WenQuanYi Micro Hei Mono'", "size": "11px"})
    sheet.add(Table(([_head(sheet, order)] if headed else []) + rows, style + place, header_rows=1 if headed else 0, widths=widths))
    return sheet.done()


def listed_ranges(random):
    """Ranges by sex, age or time on lines of their own, beside a result at their middle, first or last line."""
    panels = pick(random, [["liver", "kidney"], ["cbc"], ["thyroid"], ["immunology"], ["metabolic"]])
    sheet = _sheet(random, panels, None)
    sheet.report.look["cell-padding"] = f"{pick(random, [0, 1, 3, 5])}px 6px"
    sheet.fields(["name", "sex", "age", "department", "sample_type"], "grid", columns=3)
    flags, style = sheet.pick("arrow", "letter"), draw_lab_style(random)
    lists = [("男", "女"), ("成人", "儿童"), ("<60岁", "≥60岁"), ("空腹", "餐后1h", "餐后2h"), ("早孕", "中孕", "晚孕", "非孕")]
    body = []
    for row in draw_labs(random, panels, style, 0.35, int(random.integers(7, 12))):
        if random.random() < 0.4 and any(c.isdigit() for c in row.range):
            row.range = "\n".join(f"{label}：{row.range}" for label in pick(random, lists))
        body.append([row.name, row.value, flag_text(row.state, flags), row.unit, row.range])
        sheet.report.lab_results.append(lab_truth(row, flags, code=False))
    head = _head(sheet, ["name", "value", "flag", "unit", "range"])
    sheet.add(Table([head] + body, sheet.pick("none", "three", "boxed") + sheet.pick("", "", " topped", " footed"), widths=[30, 14, 10, 16, 30]))
    return _closing(sheet)


LAYOUTS = [("lab_report", "wrapped_open", wrapped_open), ("lab_report", "wrapped_roll", wrapped_roll),
           ("lab_report", "listed_ranges", listed_ranges)]
