"""Layouts kept apart: no rule, weight or threshold of the program was ever set on them (generate.py --unseen).

They ask how well the rules carry over: sheets without column headings, results in sentences, records ruled as one form, the
patient's data below the table. Whoever tunes on one of them moves it into the room of its report type.
"""
import datetime

from content import PANEL_TITLES, draw_case, draw_lab_style, draw_labs, flag_text, lab_truth, pick
from layouts.checkup import _FINDINGS
from layouts.common import Sheet, form_table
from layouts.laboratory import _closing, _sheet
from report import Cell, KeyValues, Paragraph, Table, Title

_METHODS = ["速率法", "比色法", "免疫比浊法", "化学发光法", "离子选择电极法"]


def value_last(random):
    """The result behind its range, a method column, the patient's data under the table."""
    panels = pick(random, [["liver", "kidney"], ["metabolic", "electrolyte"], ["thyroid", "tumour"]])
    sheet = _sheet(random, panels, "two_lines", title="生化免疫检验报告单")
    flags, rows = sheet.pick("arrow", "letter"), draw_labs(random, panels, draw_lab_style(random), 0.35, int(random.integers(10, 20)))
    body = [[str(i), row.name, pick(random, _METHODS), row.range, row.unit, row.value, flag_text(row.state, flags)] for i, row in enumerate(rows, 1)]
    sheet.report.lab_results += [lab_truth(row, flags, code=False) for row in rows]
    sheet.add(Table([["序号", "检测项目", "检测方法", "参考区间", "单位", "检测结果", "提示"]] + body, sheet.pick("three", "lined", "rules")))
    sheet.fields(["name", "sex", "age", "admission_number", "sample_number", "sample_type"], "grid", columns=3)
    return _closing(sheet)


def without_head(random):
    """A slip that prints no column headings."""
    panels = pick(random, [["cbc"], ["electrolyte", "kidney"], ["liver"]])
    sheet = _sheet(random, panels, "joined", paper="A5 landscape")
    sheet.fields(["name", "sex", "age", "department", "sample_type", "sample_number"], "flow", columns=3)
    flags, rows = sheet.pick("arrow", "letter"), draw_labs(random, panels, draw_lab_style(random), 0.35, int(random.integers(6, 10)))
    body = [[row.code, row.name, row.value, flag_text(row.state, flags), row.range, row.unit] for row in rows]
    sheet.report.lab_results += [lab_truth(row, flags) for row in rows]
    sheet.add(Table(body, sheet.pick("none", "three", "lined"), header_rows=0))
    return _closing(sheet)


def ages_and_sexes(random):
    """Ranges by sex and by age in one cell."""
    sheet = _sheet(random, ["cbc"], None, title="临床检验报告单")
    sheet.fields(["name", "sex", "age", "department", "bed", "sample_type"], "grid bold", columns=3)
    flags, style = sheet.pick("arrow", "letter"), draw_lab_style(random)
    rows = [r for r in draw_labs(random, ["cbc", "kidney", "liver"], style, 0.3, 14)]
    for row in rows:
        if random.random() < 0.35:
            row.range = pick(random, [f"男：{row.range}；女：{row.range}", f"成人：{row.range}", f"(18-99岁) {row.range}"])
    sheet.report.lab_results += [lab_truth(row, flags) for row in rows]
    body = [[row.name, row.code, f"{row.value} {flag_text(row.state, flags)}".strip(), row.unit, row.range] for row in rows]
    sheet.add(Table([["项目", "英文缩写", "结果", "单位", "参考范围"]] + body, sheet.pick("lined", "three"), widths=[26, 14, 14, 14, 32]))
    return _closing(sheet)


def _spoken(random, rows):
    """Results as a doctor writes them into a sentence, with the truth of each."""
    told, truths = [], []
    for row in rows:
        name = pick(random, [row.code, row.name]) if row.code.isascii() else row.name
        between = pick(random, [" ", "：", "为"]) if name == row.name else " "
        flag = flag_text(row.state, "arrow") if random.random() < 0.5 else ""
        told.append(f"{name}{between}{row.value}{row.unit}{flag}")
        truths.append({"name": name, "value": row.value, "unit": row.unit, "reference_range": "", "flag": {"↑": "H", "↓": "L"}.get(flag, "")})
    return "，".join(told), truths


def results_in_words(random):
    """An admission record whose results stand in its sentences."""
    case, person = draw_case(random)
    sheet = Sheet(random, "admission_record", person, case.department)
    sheet.masthead("入院记录", sheet.pick("joined", "two_lines"))
    sheet.fields(["name", "sex", "age", "department", "bed", "admission_number", "admission_date"], sheet.pick("flow", "grid"), columns=3)
    for key in ("chief_complaint", "past_history", "physical_examination"):
        sheet.section(key, case.sections[key], "inline")
    sentences, sheet.report.lab_results = [], []
    for panel in ("cbc", "liver", "electrolyte"):
        rows = [r for r in draw_labs(random, [panel], draw_lab_style(random), 0.4, 5) if r.unit and not r.value.startswith("<")]
        text, truths = _spoken(random, rows)
        sentences.append(f"{PANEL_TITLES[panel]}：{text}")
        sheet.report.lab_results += truths
    sheet.section("auxiliary_examination", "；".join(sentences) + "。", "inline")
    sheet.diagnoses(case.diagnoses, "admission", "inline")
    sheet.signature([("医师签名", person.doctor), ("记录日期", person.date(person.admitted + datetime.timedelta(hours=1), True))])
    return sheet.done()


def ledger(random):
    """A discharge record ruled as one form: labels left, text right."""
    case, person = draw_case(random)
    sheet = Sheet(random, "discharge_summary", person, case.department)
    sheet.masthead("出院记录", sheet.pick("joined", "two_lines", "plain"))
    rows = form_table(sheet.pairs(["name", "sex", "age", "department", "bed", "admission_number", "admission_date", "discharge_date"], clock=False), 2).rows

    def wide(label, text):
        rows.append([Cell(label), Cell(text, colspan=3)])

    for kind, items in (("admission", case.diagnoses[:2]), ("discharge", case.diagnoses)):
        wide({"admission": "入院诊断", "discharge": "出院诊断"}[kind], items[0] if len(items) == 1 else "  ".join(f"{i}.{d}" for i, d in enumerate(items, 1)))
        sheet.remember_diagnoses(items)
    for key, label in (("admission_condition", "入院时情况"), ("treatment_course", "治疗经过"), ("discharge_condition", "出院时情况"), ("discharge_orders", "出院医嘱")):
        wide(label, case.sections[key])
        sheet.report.sections[key] = case.sections[key]
    sheet.add(Table(rows, "lined", header_rows=0, widths=[16, 34, 16, 34]))
    sheet.signature([("主治医师", person.chief), ("住院医师", person.doctor)])
    return sheet.done()


def statements(random):
    """A health check with findings and results under one head, advice in front."""
    case, person = draw_case(random)
    person.extras = {"reported_at": person.date(person.admitted + datetime.timedelta(days=2))}
    sheet = Sheet(random, "checkup_report", person, "")
    sheet.report.lab_results = []
    sheet.masthead("健康体检报告", sheet.pick("two_lines", "header"))
    sheet.fields(["name", "sex", "age", "phone", ("体检编号", f"{int(random.integers(10000, 99999))}")], "table", 2)
    lines = [f"{i}、{text}" for i, text in enumerate((_FINDINGS[int(k)] for k in random.permutation(len(_FINDINGS))[:3]), 1)]
    sheet.section("summary", "\n".join(lines), "bracket_heading", sheet.pick("综述", "总检结论"))
    for panel in pick(random, [("cbc", "metabolic"), ("kidney", "liver")]):
        sheet.add(Title(PANEL_TITLES[panel], sheet.level))
        rows = draw_labs(random, [panel], draw_lab_style(random), 0.3, 6)
        sheet.report.lab_results += [lab_truth(row, "word", code=False) for row in rows]
        sheet.add(Table([["项目名称", "测定值", "参考值", "单位", "结论"]] + [[r.name, r.value, r.range, r.unit, flag_text(r.state, "word")] for r in rows],
                        sheet.pick("lined", "zebra", "shaded")))
    sheet.add(Paragraph("本次体检所查项目并未包括所有潜在的疾病，如有不适请及时就医。", style="flat small"))
    sheet.signature([("总检医师", person.chief), ("报告日期", person.extras["reported_at"])])
    return sheet.done()


def framed(random):
    """An imaging report whose every part is a row of a frame."""
    case, person = draw_case(random)
    person.extras = {"reported_at": person.date(person.admitted, True), "reviewer": person.reviewer}
    sheet = Sheet(random, "imaging_report", person, case.department)
    sheet.masthead(f"{case.imaging['title']}诊断报告书", sheet.pick("joined", "two_lines"))
    rows = form_table(sheet.pairs(["name", "sex", "age", "department", "bed", "admission_number"]), 3).rows
    for key, label in (("imaging_findings", "影像学表现"), ("impression", "影像学诊断")):
        rows.append([Cell(label), Cell(case.imaging["findings" if key == "imaging_findings" else "impression"].replace("\n", " "), colspan=5)])
        sheet.report.sections[key] = case.imaging["findings" if key == "imaging_findings" else "impression"]
    sheet.add(Table(rows, "lined", header_rows=0, widths=[14, 20, 12, 20, 14, 20]))
    sheet.add(KeyValues([("诊断医师", person.doctor), *sheet.pairs(["reviewer", "reported_at"])], 3, "spread"))
    return sheet.done()


LAYOUTS = [("lab_report", "value_last", value_last), ("admission_record", "results_in_words", results_in_words), ("discharge_summary", "ledger", ledger),
           ("lab_report", "without_head", without_head), ("checkup_report", "statements", statements), ("imaging_report", "framed", framed),
           ("lab_report", "ages_and_sexes", ages_and_sexes)]
