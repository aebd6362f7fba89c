"""Sheets as hospitals' own systems print them, each the likeness of a report on which the program failed at first sight.

They come behind all other layouts of the plan, so that the contents of those stay what they are.
"""
import datetime

from content import PANEL_TITLES, draw_case, draw_lab_style, draw_labs, flag_text, lab_truth, pick
from layouts.checkup import _FINDINGS
from layouts.common import Sheet
from layouts.laboratory import _closing, _sheet
from report import Boxes, Cell, KeyValues, Paragraph, Table, Title

_DRUGS = ["氨苄西林", "氨苄西林/舒巴坦", "哌拉西林/他唑巴坦", "头孢唑林", "头孢呋辛", "头孢他啶", "头孢曲松", "头孢吡肟", "头孢西丁", "氨曲南",
          "亚胺培南", "美罗培南", "厄他培南", "阿米卡星", "庆大霉素", "左氧氟沙星", "环丙沙星", "复方新诺明", "替加环素", "多黏菌素B"]
_GERMS = ["肺炎克雷伯菌肺炎亚种", "大肠埃希菌", "铜绿假单胞菌", "鲍曼不动杆菌", "金黄色葡萄球菌"]


def _susceptibility(row, head):
    drug, concentration, zone, state = row
    unit = "mm" if zone else head[1][4:-1]
    return {"name": drug, "code": "", "value": concentration or zone, "unit": unit, "reference_range": "", "flag": "" if state == "S" else "A"}


def antibiogram(random):
    """What grew right above the head of two columns of drugs; S, I and R; a note between the rows and the last line."""
    case, person = draw_case(random)
    sheet = Sheet(random, "lab_report", person, case.department)
    sheet.masthead("微生物培养鉴定及药敏报告单", "two_lines")
    sheet.fields(["sex", "age", "department", "bed", "admission_number"], "grid ruled", columns=3)
    sheet.add(Paragraph("白细胞＞25/LP，上皮细胞＜10/LP，见革兰阴性杆菌（++）", "涂片结果：", "flat"))
    sheet.add(Paragraph(f"{pick(random, _GERMS)}　ESBL：{pick(random, ['阳性(+)', '阴性(-)'])}", "培养结果：", "flat"))
    drugs = [_DRUGS[int(k)] for k in random.permutation(len(_DRUGS))[:16]]

    def group(drug):
        state = pick(random, ["S", "S", "R", "I"])
        value = {"S": pick(random, ["≤0.25", "≤0.5", "1", "2"]), "I": pick(random, ["8", "16"]), "R": pick(random, ["≥32", "≥64", "16"])}[state]
        by_disc = random.random() < 0.2
        return [drug, "" if by_disc else value, str(int(random.integers(12, 30))) if by_disc else "", state]

    head = ["抗菌药物", pick(random, ["MIC(μg/mL)", "MIC"]), "KB(mm)", pick(random, ["敏感度", "结果"])]
    groups = [group(drug) for drug in drugs]
    sheet.report.lab_results = [_susceptibility(row, head) for row in groups]
    sheet.add(Table([head + head] + [groups[i] + groups[i + 8] for i in range(8)], "headed"))
    sheet.add(Paragraph("注：S—敏感　I—中介　R—耐药。折点依据CLSI M100。", style="flat small"))
    sheet.add(KeyValues([("接收时间", person.date(person.admitted, True)), ("报告时间", person.date(person.discharged, True)),
                         ("检验者", person.tester)], 3, "grid"))
    return sheet.done()


def blood_gas_slip(random):
    """A slip of an analyser, printed on a roll in one typeface, parts under their names, rules typed with dashes."""
    case, person = draw_case(random)
    sheet = Sheet(random, "lab_report", person, "", paper="roll",
                  look={"font": "'DejaVu Sans Mono','WenQuanYi Micro Hei Mono'", "size": "11px", "table-size": "11px", "cell-padding": "0 3px"})
    sheet.report.lab_results = []
    sheet.add(Title("血气分析报告", 1))
    sheet.add(KeyValues([("病人ID", f"{int(random.integers(1000000, 9999999))}"), ("标本类型", "动脉血")], 1, "grid"))
    style, body = draw_lab_style(random), []
    for name, panel in (("酸碱 37.0℃", "bloodgas"), ("电解质", "electrolyte")):
        body.append([Cell(name, colspan=2)])
        for row in draw_labs(random, [panel], style, 0.5, 7):
            label = row.code if row.code.isascii() and row.code else row.name
            body.append([label, " ".join(filter(None, (row.value, flag_text(row.state, "arrow"), row.unit, f"[{row.range}]")))])
            sheet.report.lab_results.append(lab_truth(row, "arrow", label))
    sheet.add(Table(body, "slip", header_rows=0))
    return sheet.done()


def framed_fields(random):
    """The patient's data in a box that stands close above the grid of results."""
    panels = pick(random, [["cbc"], ["liver", "kidney"], ["electrolyte", "kidney"]])
    sheet = _sheet(random, panels, "two_lines")
    sheet.fields(["name", "sex", "age", "department", "bed", "sample_type"], "framed", columns=3)
    flags = sheet.pick("arrow", "letter")
    rows = draw_labs(random, panels, draw_lab_style(random), 0.4, int(random.integers(10, 16)))
    sheet.report.lab_results += [lab_truth(row, flags, code=False) for row in rows]
    body = [[row.name, row.value + flag_text(row.state, flags), row.unit, row.range] for row in rows]
    sheet.add(Table([["项目", "结果", "单位", "参考区间"]] + body, "lined"))
    return _closing(sheet)


def boxes(random):
    """A discharge summary in drawn boxes, some side by side."""
    case, person = draw_case(random)
    sheet = Sheet(random, "discharge_summary", person, case.department)
    sheet.masthead("出院小结", sheet.pick("joined", "plain"))
    sheet.fields(["name", "sex", "age", "admission_number", "admission_date", "discharge_date"], "framed", columns=3, clock=False)

    def part(key, label):
        sheet.report.sections[key] = case.sections[key]
        return [Title(label, sheet.level), *(Paragraph(line) for line in case.sections[key].split("\n"))]

    numbered = [Paragraph(f"{i}. {text}", style="flat") for i, text in enumerate(case.diagnoses, 1)]
    sheet.remember_diagnoses(case.diagnoses)
    sheet.add(Boxes([[Title("出院诊断", sheet.level), *numbered]]))
    sheet.add(Boxes([part("admission_condition", "入院情况"), part("treatment_course", "诊疗经过")]))
    sheet.add(Boxes([part("discharge_orders", "出院医嘱")]))
    sheet.signature([("医师签名", person.doctor), ("日期", person.date(person.discharged))])
    return sheet.done()


def ruled_checkup(random):
    """A check-up as one list with a line below each row: groups with their doctor, findings in words beside their item."""
    case, person = draw_case(random)
    sheet = Sheet(random, "checkup_report", person, "")
    sheet.report.lab_results = []
    sheet.masthead("健康体检报告", sheet.pick("joined", "two_lines"))
    sheet.fields(["name", "sex", "age", ("体检编号", f"{int(random.integers(10000, 99999))}")], "flow", 4)
    rows = [["检查项目", "检查结果", "单位", "参考范围", "提示"]]
    for panel in pick(random, [("cbc", "metabolic"), ("kidney", "liver")]):
        rows.append([Cell(f"{PANEL_TITLES[panel]}　　检查医生：{person.tester}", colspan=5, bold=True)])
        for row in draw_labs(random, [panel], draw_lab_style(random), 0.35, 5):
            rows.append([row.name, row.value, row.unit, row.range, flag_text(row.state, "arrow")])
            sheet.report.lab_results.append(lab_truth(row, "arrow", code=False))
    rows.append([Cell("影像检查", colspan=5, bold=True)])
    for item, text in (("腹部彩超（肝胆胰脾双肾）", "肝实质回声增强、致密，后方回声衰减；胆囊壁见一大小约4.1×3.1mm高回声附着，不随体位移动；胰、脾、双肾未见明显异常。"),
                       ("胸部正位片", "双肺纹理增多，心膈未见异常。")):
        rows.append([item, Cell(text, colspan=4)])
    sheet.add(Table(rows, "rules", widths=[28, 26, 14, 20, 12]))
    lines = [f"{i}、{text}" for i, text in enumerate((_FINDINGS[int(k)] for k in random.permutation(len(_FINDINGS))[:3]), 1)]
    sheet.section("summary", "\n".join(lines), "heading", "主检结论及建议")
    sheet.signature([("主检医师", person.chief), ("日期", person.date(person.admitted + datetime.timedelta(days=2)))])
    return sheet.done()


LAYOUTS = [("lab_report", "antibiogram", antibiogram), ("lab_report", "blood_gas_slip", blood_gas_slip),
           ("lab_report", "framed_fields", framed_fields), ("discharge_summary", "boxes", boxes), ("checkup_report", "ruled_checkup", ruled_checkup)]
