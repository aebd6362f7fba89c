"""Lab reports: lined, three-line, borderless and two-up sheets, groups, wrapped names, pages that break, two languages."""
import datetime

import content
from content import PANEL_TITLES, SPECIMENS, draw_case, draw_lab_style, draw_labs, flag_text, lab_truth, pick
from layouts.common import Sheet
from report import Cell, KeyValues, Paragraph, Table, Title

_FIELDS = ["name", "sex", "age", "department", "bed", "admission_number", "sample_type", "sample_number", "ordering_doctor"]
_HEADS = {
    "name": ["项目名称", "检验项目", "项目", "检测项目", "中文名称"], "code": ["代号", "英文缩写", "缩写", "项目代码"],
    "value": ["结果", "检验结果", "测定结果", "测定值"], "flag": ["提示", "异常提示", "标志", "状态", ""],
    "unit": ["单位", "单位", "计量单位"], "range": ["参考范围", "参考区间", "参考值", "正常范围", "生物参考区间"],
    "number": ["序号", "No", "No.", "#"],
}


def _sheet(random, panels, masthead, title=None, paper="A4", **report):
    case, person = draw_case(random)
    collected = person.admitted + datetime.timedelta(hours=14)
    person.extras = {
        "sample_type": SPECIMENS.get(panels[0], "血清"), "ordering_doctor": person.doctor, "examiner": person.tester,
        "sample_number": f"{collected:%y%m%d}{int(random.integers(1, 9999)):04d}",
        "collected_at": person.date(collected, True),
        "received_at": person.date(collected + datetime.timedelta(minutes=40), True),
        "reported_at": person.date(collected + datetime.timedelta(minutes=170), True)}
    sheet = Sheet(random, "lab_report", person, case.department, paper=paper, **report)
    sheet.report.lab_results = []
    sheet.masthead(title or sheet.pick("检验报告单", "检验报告", "检 验 报 告 单", f"{PANEL_TITLES[panels[0]]}检验报告单", "临床检验报告单"), masthead)
    return sheet


def _closing(sheet, style=None):
    """Times and names under the table, one or two lines, and what the sheet is good for."""
    sheet.add(KeyValues(sheet.pairs(["collected_at", "received_at", "reported_at"]), 3, "grid"))
    sheet.add(KeyValues(sheet.pairs(["examiner", "reviewer"]), 2, style or sheet.pick("spread", "grid", "line")))
    if sheet.random.random() < 0.6:
        sheet.report.footer = sheet.pick("本报告仅对所检标本负责", "此结果仅供临床医师参考，如有疑问请于3日内联系检验科", "注：本检验结果仅对此份标本负责")
    return sheet.done()


def _columns(sheet, order):
    return [sheet.pick(*_HEADS[column]) for column in order]


def _cells(row, order, number, flags):
    flag = flag_text(row.state, flags)
    return [{"name": row.name, "code": row.code, "unit": row.unit, "range": row.range, "number": str(number), "flag": flag,
             "value": row.value, "value+flag": f"{row.value} {flag}".strip(), "value_flag": row.value + flag,
             "name(code)": f"{row.name}({row.code})"}[column] for column in order]


def _order(random):
    """A column order laboratories use; `flag` stands alone or beside the value."""
    return pick(random, [
        ["number", "name", "value", "flag", "unit", "range"], ["number", "code", "name", "value", "flag", "range", "unit"],
        ["name", "code", "value", "unit", "range", "flag"], ["code", "name", "value", "flag", "unit", "range"],
        ["name", "value+flag", "unit", "range"], ["number", "name", "value_flag", "range", "unit"],
        ["name(code)", "value", "flag", "range", "unit"], ["name(code)", "value+flag", "unit", "range"]])


def _table(sheet, rows, order, flags, style, **options):
    """The result table; its rows join the truth in reading order."""
    heads = _columns(sheet, ["value" if c.startswith("value") else "name" if c.startswith("name") else c for c in order])
    body = [_cells(row, order, i, flags) for i, row in enumerate(rows, 1)]
    named = "name(code)" in order
    sheet.report.lab_results += [
        lab_truth(row, flags, f"{row.name}({row.code})" if named else None, named or "code" in order) for row in rows]
    return Table([heads] + body, style, **options)


def _simple(random, style, masthead=None, paper="A4", panels=None, count=None, fields=None):
    panels = panels or pick(random, [["cbc", "inflammation"], ["liver", "kidney"], ["electrolyte", "kidney"], ["coagulation"],
                                     ["thyroid"], ["tumour"], ["metabolic"], ["cardiac", "electrolyte"], ["immunology"], ["bloodgas"]])
    sheet = _sheet(random, panels, masthead, paper=paper)
    sheet.fields(_FIELDS if paper == "A4" else ["name", "sex", "age", "department", "sample_type", "sample_number"],
                 fields, columns=3 if paper == "A4" else 4)
    flags = sheet.pick("arrow", "arrow", "arrow", "letter", "star", "word")
    rows = draw_labs(random, panels, draw_lab_style(random), 0.35, count or int(random.integers(8, 24)))
    sheet.add(_table(sheet, rows, _order(random), flags, style))
    return _closing(sheet)


def lined(random):
    return _simple(random, "lined")


def three_line(random):
    return _simple(random, "three")


def borderless(random):
    return _simple(random, "none", fields="grid ruled")


def rules_only(random):
    return _simple(random, pick(random, ["rules", "dotted"]))


def zebra(random):
    return _simple(random, pick(random, ["zebra", "shaded"]), masthead="two_lines")


def half_sheet(random):
    """A5 landscape, as many laboratories print."""
    return _simple(random, pick(random, ["boxed", "three", "none"]), paper="A5 landscape", count=int(random.integers(5, 9)), fields="grid",
                   masthead=pick(random, ["joined", "plain"]))


def two_up(random):
    """Two column groups side by side, read down the left, then the right."""
    panels = pick(random, [["cbc"], ["liver", "kidney"], ["metabolic", "electrolyte"], ["urine"]])
    sheet = _sheet(random, panels, None)
    sheet.fields(_FIELDS, sheet.pick("grid", "grid ruled", "flow"), columns=3)
    flags = sheet.pick("arrow", "arrow", "letter")
    rows = draw_labs(random, panels, draw_lab_style(random), 0.35, int(random.integers(12, 24)))
    order = pick(random, [["name", "value+flag", "range", "unit"], ["name", "value", "flag", "unit", "range"], ["code", "value+flag", "unit", "range"],
                          ["number", "name", "value+flag", "range"]])
    half = (len(rows) + 1) // 2
    heads = _columns(sheet, ["value" if c.startswith("value") else c for c in order])
    body = []
    for i in range(half):
        left = _cells(rows[i], order, i + 1, flags)
        right = _cells(rows[half + i], order, half + i + 1, flags) if half + i < len(rows) else [""] * len(order)
        body.append(left + right)
    for row in rows:
        truth = lab_truth(row, flags, row.code if "name" not in order else None)
        if "unit" not in order:
            truth["unit"] = ""
        sheet.report.lab_results.append(truth)
    sheet.add(Table([heads + heads] + body, sheet.pick("lined", "three", "none", "boxed"), compact=True))
    return _closing(sheet)


def grouped(random):
    """Group rows over the full width between the results."""
    panels = pick(random, [["liver", "kidney", "electrolyte"], ["cbc", "coagulation"], ["metabolic", "cardiac"], ["thyroid", "tumour"]])
    sheet = _sheet(random, panels, None, title="检验报告单")
    sheet.fields(_FIELDS, "grid", columns=3)
    flags, lab_style = sheet.pick("arrow", "letter"), draw_lab_style(random)
    order = pick(random, [["number", "name", "value", "flag", "unit", "range"], ["name", "value+flag", "unit", "range"],
                          ["name(code)", "value", "flag", "range", "unit"]])
    merged = Table([_columns(sheet, ["value" if c.startswith("value") else "name" if c.startswith("name") else c for c in order])],
                   sheet.pick("lined", "three", "shaded"))
    number = 0
    for panel in panels:
        merged.rows.append([Cell(sheet.pick("【{}】", "{}", "{}：").format(PANEL_TITLES[panel]), colspan=len(order), bold=True)])
        for row in draw_labs(random, [panel], lab_style, 0.35, int(random.integers(3, 8))):
            number += 1
            merged.rows.append([Cell(t) for t in _cells(row, order, number, flags)])
            named = "name(code)" in order
            sheet.report.lab_results.append(lab_truth(row, flags, f"{row.name}({row.code})" if named else None, named))
    sheet.add(merged)
    return _closing(sheet)


def wrapped(random):
    """Long names and ranges in narrow columns, so that cells run over two lines."""
    sheet = _sheet(random, ["liver"], None)
    sheet.fields(_FIELDS, None, columns=3)
    flags, lab_style = sheet.pick("arrow", "letter"), draw_lab_style(random)
    lab_style.alias = False
    rows = draw_labs(random, ["hepatitis", "tumour"], lab_style, 0.3, int(random.integers(8, 14)))
    for row in rows:
        if random.random() < 0.3:
            row.range = pick(random, [f"男：{row.range} 女：{row.range}", f"成人：{row.range}"])
    table = _table(sheet, rows, ["number", "name", "value", "flag", "unit", "range"], flags, sheet.pick("lined", "rules"),
                   widths=[8, 22, 18, 10, 16, 26])
    sheet.add(table)
    return _closing(sheet)


def over_pages(random):
    """More rows than a page holds; the header is printed again."""
    panels = ["cbc", "liver", "kidney", "electrolyte", "metabolic"]
    sheet = _sheet(random, panels, None, title=pick(random, ["检验报告单", "检验结果汇总", "住院检验结果单"]))
    sheet.fields(_FIELDS, "grid", columns=3)
    flags = sheet.pick("arrow", "letter")
    rows = draw_labs(random, panels, draw_lab_style(random), 0.3)
    sheet.add(_table(sheet, rows, pick(random, [["number", "name", "value", "flag", "unit", "range"], ["name(code)", "value+flag", "unit", "range"]]),
                     flags, sheet.pick("lined", "three", "none"), splittable=True, repeat_header=random.random() < 0.75))
    report = _closing(sheet, "grid")
    report.footer = sheet.pick("第 {page} 页 / 共 {pages} 页", "{page} / {pages}", "- {page} -")
    return report


def urine(random):
    """Qualitative results in words and crosses."""
    sheet = _sheet(random, ["urine"], None, title=pick(random, ["尿液分析报告单", "尿常规检验报告", "尿液检验报告单"]))
    sheet.fields(["name", "sex", "age", "outpatient_number", "department", "sample_type"], None, columns=3)
    flags = sheet.pick("arrow", "star", "letter")
    rows = draw_labs(random, ["urine"], draw_lab_style(random), 0.4)
    sheet.add(_table(sheet, rows, pick(random, [["name(code)", "value", "flag", "range", "unit"], ["number", "name", "value+flag", "unit", "range"]]),
                     flags, sheet.pick("lined", "three", "none", "rules")))
    return _closing(sheet)


def two_tables(random):
    """Two tables on a page, each under its own caption and panel."""
    sheet = _sheet(random, ["cbc"], None, title="检验报告单")
    sheet.fields(_FIELDS, None, columns=3)
    flags, lab_style = sheet.pick("arrow", "letter"), draw_lab_style(random)
    style = sheet.pick("lined", "three")
    order = pick(random, [["name", "value", "flag", "unit", "range"], ["name(code)", "value+flag", "unit", "range"]])
    for panel in pick(random, [["cbc", "coagulation"], ["liver", "thyroid"], ["electrolyte", "urine"]]):
        rows = draw_labs(random, [panel], lab_style, 0.35, int(random.integers(5, 10)))
        caption = None
        if sheet.level == 2 and random.random() < 0.5:
            caption = f"表{1 if not sheet.report.lab_results else 2} {PANEL_TITLES[panel]}"
        else:
            sheet.heading(PANEL_TITLES[panel])
        sheet.add(_table(sheet, rows, order, flags, style, caption=caption))
    return _closing(sheet)


def bilingual(random):
    """Chinese and English side by side in heads and names."""
    panels = pick(random, [["cbc"], ["liver"], ["electrolyte", "kidney"]])
    sheet = _sheet(random, panels, "joined", title="检验报告单 Laboratory Report")
    pairs = [(f"{zh} {en}", value) for (zh, value), en in
             zip(sheet.pairs(["name", "sex", "age", "department", "admission_number", "sample_type"]), ("Name", "Sex", "Age", "Dept.", "ID", "Specimen"))]
    sheet.add(KeyValues(pairs, 3, sheet.pick("grid", "flow")))
    flags = sheet.pick("letter", "arrow")
    rows = draw_labs(random, panels, draw_lab_style(random), 0.35, int(random.integers(8, 16)))
    table = [["项目 Item", "缩写 Abbr.", "结果 Result", "单位 Unit", "参考区间 Reference"]]
    for row in rows:
        name = f"{row.name} {row.english}"
        table.append([name, row.code, f"{row.value} {flag_text(row.state, flags)}".strip(), row.unit, row.range])
        sheet.report.lab_results.append(lab_truth(row, flags, name))
    sheet.add(Table(table, sheet.pick("lined", "three", "zebra"), widths=[38, 12, 16, 16, 18]))
    return _closing(sheet)


def english(random):
    """An English lab report."""
    panels = pick(random, [["cbc"], ["liver", "kidney"], ["thyroid", "metabolic"], ["coagulation", "cardiac"]])
    case, person = draw_case(random)
    sheet = Sheet(random, "lab_report", person, "", language="en", paper=pick(random, ["A4", "Letter"]))
    sheet.report.lab_results = []
    name = content.english_name(random)
    person.name, person.date_style = name, "-"
    hospital = pick(random, ["Lakeside General Hospital", "Northgate Medical Centre", "Green Pine County Hospital"])
    if random.random() < 0.5:
        sheet.add(Title(hospital, 1, "hospital"), Title("Laboratory Report", 2, "report"))
        sheet.level = 3
    else:
        sheet.add(Title(f"{hospital} Laboratory Report", 1))
    values = {"name": name, "sex": "Male" if person.sex == "男" else "Female", "age": f"{person.years} years",
              "admission_number": person.admission_number, "sample_type": "Serum", "collected_at": f"{person.admitted:%Y-%m-%d %H:%M}"}
    labels = {"name": ["Name", "Patient Name"], "sex": ["Sex", "Gender"], "age": ["Age"], "admission_number": ["Admission No.", "Inpatient No."],
              "sample_type": ["Specimen", "Sample Type"], "collected_at": ["Collected", "Collection Time"]}
    sheet.add(KeyValues([(pick(random, labels[k]), v) for k, v in values.items()], sheet.pick(2, 3), sheet.pick("grid", "grid bold", "grid ruled")))
    sheet.report.patient = {**values, "hospital": hospital}
    flags, lab_style = sheet.pick("letter", "arrow", "star"), draw_lab_style(random)
    lab_style.dash = (pick(random, ["-", " - "]), ("<", ">"))
    rows = draw_labs(random, panels, lab_style, 0.35, int(random.integers(8, 16)))
    table = [list(pick(random, [("Test", "Result", "Flag", "Units", "Reference Range"), ("Analyte", "Value", "Flag", "Unit", "Reference Interval")]))]
    for row in rows:
        table.append([row.english, row.value, flag_text(row.state, flags), row.unit, row.range])
        sheet.report.lab_results.append(lab_truth(row, flags, row.english, code=False))
    sheet.add(Table(table, sheet.pick("lined", "three", "rules", "none")))
    sheet.add(Paragraph("H = above reference range, L = below reference range.", style="flat small"))
    return sheet.done()


LAYOUTS = [("lab_report", name, function) for name, function in (
    ("lined", lined), ("three_line", three_line), ("borderless", borderless), ("two_up", two_up), ("over_pages", over_pages),
    ("grouped", grouped), ("wrapped", wrapped), ("half_sheet", half_sheet), ("urine", urine), ("zebra", zebra), ("rules", rules_only),
    ("two_tables", two_tables), ("bilingual", bilingual), ("english", english))]
