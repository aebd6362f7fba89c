"""Laboratory sheets whose items stand side by side: one report with the items across, and courses with a day a row.

They come behind all other layouts of the plan, so that the contents of those stay what they are.
"""
import datetime

from content import draw_lab_style, draw_labs, flag_text, lab_truth, pick
from layouts.laboratory import _closing, _columns, _sheet
from report import Table

_PANELS = [["cbc"], ["electrolyte"], ["liver"], ["kidney"], ["coagulation"], ["bloodgas"]]


def _chosen(random, panels, least, most):
    """Which items of the panels the sheet shows, by their places."""
    count = len(draw_labs(random, panels, draw_lab_style(random)))
    return sorted(random.permutation(count)[:int(random.integers(least, most))].tolist())


def items_across(random):
    """Items across, their results, units and ranges below them; longer lists go on in a second block of rows."""
    panels = pick(random, _PANELS)
    sheet = _sheet(random, panels, None)
    sheet.fields(["name", "sex", "age", "department", "bed", "sample_type"], "grid", columns=3)
    flags, style = sheet.pick("arrow", "letter"), draw_lab_style(random)
    drawn = draw_labs(random, panels, style, 0.35)
    rows = [drawn[at] for at in _chosen(random, panels, 4, 7)]
    by_code = random.random() < 0.4
    head = _columns(sheet, ["name", "value", "unit", "range"])
    lines = [[row.code if by_code else row.name for row in rows], [row.value + flag_text(row.state, flags) for row in rows],
             [row.unit for row in rows], [row.range for row in rows]]
    sheet.report.lab_results += [lab_truth(row, flags, row.code if by_code else None, code=False) for row in rows]
    sheet.add(Table([[label] + line for label, line in zip(head, lines)], sheet.pick("lined", "lined", "three", "zebra")))
    return _closing(sheet)


def a_day_a_row(random):
    """A course: the items across with their units, a day a row, days on which some were not measured, the ranges below."""
    panels = pick(random, _PANELS)
    sheet = _sheet(random, panels, None, title=pick(random, ["检验结果汇总表", "化验结果动态观察表", "检验结果趋势报告单"]))
    sheet.fields(["name", "sex", "age", "department", "admission_number"], "grid", columns=3)
    flags, style = sheet.pick("arrow", "letter"), draw_lab_style(random)
    chosen, shows_code, shows_ranges = _chosen(random, panels, 3, 6), random.random() < 0.6, random.random() < 0.7
    first = datetime.date(2024, int(random.integers(1, 13)), int(random.integers(1, 20)))
    body, names, ranges = [], [], []
    for day in range(int(random.integers(3, 7))):
        drawn = draw_labs(random, panels, style, 0.35)
        rows = [drawn[at] for at in chosen]
        names = [f"{row.code if shows_code else row.name}({row.unit})" if row.unit else row.code if shows_code else row.name for row in rows]
        ranges = [row.range for row in rows]
        line = [f"{first + datetime.timedelta(days=2 * day):%Y-%m-%d}"]
        for row, name in zip(rows, names):
            is_measured = random.random() < 0.85
            line.append(row.value + flag_text(row.state, flags) if is_measured else "")
            if is_measured:
                truth = lab_truth(row, flags, name, code=False)
                sheet.report.lab_results.append(truth if shows_ranges else dict(truth, reference_range=""))
        body.append(line)
    head = [[pick(random, ["日期", "检验日期", "采样时间"])] + names]
    foot = [[pick(random, ["参考范围", "参考值"])] + ranges] if shows_ranges else []
    sheet.add(Table(head + body + foot, sheet.pick("lined", "lined", "three", "zebra")))
    return _closing(sheet)


LAYOUTS = [("lab_report", "items_across", items_across), ("lab_report", "a_day_a_row", a_day_a_row)]
