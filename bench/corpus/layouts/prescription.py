"""Prescriptions: lists after Rp, tables, small paper."""
from content import draw_case
from layouts.common import Sheet, form_table
from report import Paragraph, Table, Title


def _start(random, masthead, fields, paper="A4", title=None, columns=3):
    case, person = draw_case(random)
    sheet = Sheet(random, "prescription", person, case.department, paper=paper)
    sheet.masthead(title or sheet.pick("处方笺", "处 方 笺", "门诊处方", "普通处方"), masthead)
    sheet.fields(["name", "sex", "age", "department", "outpatient_number", ("费别", sheet.pick("医保", "自费")), ("开具日期", person.date(person.admitted))], fields, columns)
    return sheet, case, person


def _quantity(sheet):
    return f"{int(sheet.random.integers(1, 5))}{sheet.pick('盒', '盒', '瓶', '支')}"


def _close(sheet, person):
    sheet.signature([("医师", person.doctor), ("审核", person.reviewer), ("调配", person.tester), ("核对", person.nurse)], "spread")
    return sheet.done()


def rp_lines(random):
    """Two lines a drug: name, strength and quantity; then Sig."""
    sheet, case, person = _start(random, None, "grid")
    sheet.diagnoses(case.diagnoses[:1], "clinical", "inline", label="临床诊断")
    sheet.add(Title(sheet.pick("Rp", "Rp.", "Rp："), sheet.level))
    for i, (name, strength, dose, frequency, route) in enumerate(case.medications, 1):
        sheet.add(Paragraph(f"{i}. {name}  {strength}×{int(random.integers(7, 29))}  {_quantity(sheet)}"))
        sheet.add(Paragraph(f"用法：{dose} {route} {frequency}", style="hanging"))
        sheet.report.medications.append(name)
    return _close(sheet, person)


def table(random):
    sheet, case, person = _start(random, None, "table")
    sheet.diagnoses(case.diagnoses[:1], "clinical", "inline", label="诊断")
    rows = [["序号", "药品名称", "规格", "数量", "单次用量", "用法", "频次"]]
    for i, (name, strength, dose, frequency, route) in enumerate(case.medications, 1):
        rows.append([str(i), name, strength, _quantity(sheet), dose, route, frequency])
        sheet.report.medications.append(name)
    sheet.add(Table(rows, sheet.pick("lined", "three", "rules")))
    return _close(sheet, person)


def half_sheet(random):
    sheet, case, person = _start(random, "plain", "flow", "A5 landscape", columns=4)
    sheet.diagnoses(case.diagnoses[:1], "clinical", "inline", label="临床诊断")
    for i, (name, strength, dose, frequency, route) in enumerate(case.medications[:3], 1):
        sheet.add(Paragraph(f"{'Rp: ' if i == 1 else ''}{i}、{name} {strength}  每次{dose}  {frequency}  {route}  共{_quantity(sheet)}"))
        sheet.report.medications.append(name)
    return _close(sheet, person)


def underlined(random):
    sheet, case, person = _start(random, "two_lines", "underlined", "B5", columns=2)
    sheet.diagnoses(case.diagnoses[:2], "clinical", "plain_inline", label="诊断")
    sheet.medication_lines(case.medications)
    sheet.add(Paragraph("（以下空白）", style="center"))
    return _close(sheet, person)


def orders(random):
    """A sheet of standing orders of a ward."""
    case, person = draw_case(random)
    sheet = Sheet(random, "prescription", person, case.department)
    sheet.masthead(sheet.pick("出院带药处方", "住院患者处方单"), None)
    sheet.add(form_table(sheet.pairs(["name", "sex", "age", "department", "bed", "admission_number"]), 3))
    rows = [["开立时间", "药品名称及规格", "剂量", "途径", "频率", "医师"]]
    for name, strength, dose, frequency, route in case.medications:
        rows.append([person.date(person.admitted), f"{name} {strength}", dose, route, frequency, person.doctor])
        sheet.report.medications.append(name)
    sheet.add(Table(rows, "lined", widths=[16, 34, 12, 12, 14, 12]))
    sheet.signature([("审核药师", person.reviewer), ("执行护士", person.nurse)])
    return sheet.done()


LAYOUTS = [("prescription", name, function) for name, function in (
    ("rp_lines", rp_lines), ("table", table), ("half_sheet", half_sheet), ("underlined", underlined), ("orders", orders))]
