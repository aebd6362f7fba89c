"""Health check reports: basic measurements, examinations by department, results, conclusion and advice."""
import datetime

from content import PANEL_TITLES, draw_case, draw_lab_style, draw_labs, flag_text, lab_truth, pick
from layouts.common import Sheet
from report import Cell, Paragraph, Table

_GENERAL = [("身高", 155, 182, 1, "cm"), ("体重", 48, 92, 1, "kg"), ("收缩压", 108, 156, 0, "mmHg"), ("舒张压", 62, 98, 0, "mmHg"), ("脉搏", 58, 96, 0, "次/分")]
_DEPARTMENTS = [("内科", "心肺听诊", "未见异常"), ("内科", "肝脾触诊", "肋下未触及"), ("外科", "皮肤、淋巴结", "未见异常"), ("外科", "甲状腺", "无肿大"),
                ("眼科", "裸眼视力", "右4.8 左4.9"), ("耳鼻喉科", "外耳道", "通畅")]
_FINDINGS = ["血脂偏高：低脂饮食，适量运动，3个月后复查血脂。", "脂肪肝（轻度）：控制体重，戒酒，半年后复查腹部超声。", "血压偏高：低盐饮食，监测血压，必要时心内科就诊。",
             "甲状腺结节（TI-RADS 3类）：每年复查甲状腺超声。", "尿酸偏高：多饮水，限制海鲜及动物内脏。", "空腹血糖受损：控制主食，复查糖耐量。",
             "幽门螺杆菌阳性：消化内科就诊。", "轻度骨量减少：补充钙剂和维生素D。"]


def _start(random, masthead, fields, columns=3):
    case, person = draw_case(random)
    person.extras = {"reported_at": person.date(person.admitted + datetime.timedelta(days=3))}
    sheet = Sheet(random, "checkup_report", person, "")
    sheet.report.lab_results = []
    sheet.report.footer = sheet.pick("第 {page} 页 共 {pages} 页", "{page} / {pages}", None)
    sheet.masthead(sheet.pick("健康体检报告", "体检报告书", "健康检查报告单"), masthead)
    sheet.fields(["name", "sex", "age", ("体检编号", f"TJ{int(random.integers(100000, 999999))}"), ("体检日期", person.date(person.admitted)),
                  ("单位", sheet.pick("个人", "青松建材公司", "望河小学"))], fields, columns)
    return sheet, person


def _general(sheet, style):
    random = sheet.random
    rows = [[name, f"{random.uniform(low, high):.{decimals}f}", unit] for name, low, high, decimals, unit in _GENERAL]
    height, weight = float(rows[0][1]) / 100, float(rows[1][1])
    rows.insert(2, ["体质指数", f"{weight / height ** 2:.1f}", "kg/m²"])
    sheet.add(Table([["项目", "检查结果", "单位"]] + rows, style))


def _labs(sheet, panels, style, flags="arrow", count=6):
    lab_style = draw_lab_style(sheet.random)
    order = sheet.pick("flag_column", "attached")
    for panel in panels:
        sheet.heading(PANEL_TITLES[panel])
        rows = draw_labs(sheet.random, [panel], lab_style, 0.3, count)
        head = ["检查项目", "检查结果", "提示", "单位", "参考范围"] if order == "flag_column" else ["检查项目", "检查结果", "单位", "参考范围"]
        body = []
        for row in rows:
            flag = flag_text(row.state, flags)
            value = [row.value, flag] if order == "flag_column" else [f"{row.value} {flag}".strip()]
            body.append([row.name, *value, row.unit, row.range])
            sheet.report.lab_results.append(lab_truth(row, flags, code=False))
        sheet.add(Table([head] + body, style))


def _summary(sheet, style, label=None):
    chosen = [_FINDINGS[i] for i in sorted(sheet.random.permutation(len(_FINDINGS))[:int(sheet.random.integers(2, 5))].tolist())]
    lines = [f"{i}. {text}" for i, text in enumerate(chosen, 1)]
    sheet.section("summary", "\n".join(lines), style, label or sheet.pick("总检结论", "体检小结", "总检结论及建议", "小结"))


def by_panels(random):
    sheet, person = _start(random, None, None)
    sheet.heading("一般检查")
    _general(sheet, "lined")
    _labs(sheet, pick(random, [["metabolic", "liver"], ["cbc", "urine"], ["kidney", "metabolic"]]), "lined")
    _summary(sheet, "heading")
    sheet.signature([("总检医师", person.chief), ("日期", person.extras["reported_at"])])
    return sheet.done()


def summary_first(random):
    sheet, person = _start(random, "two_lines", "grid")
    _summary(sheet, "heading")
    _labs(sheet, pick(random, [["cbc", "liver"], ["metabolic", "kidney", "thyroid"]]), "three", count=7)
    sheet.signature([("主检医师", person.chief)], "line")
    return sheet.done()


def departments(random):
    """One table by department with merged cells, then results."""
    sheet, person = _start(random, "joined", "table")
    rows, seen = [["科室", "检查项目", "检查结果"]], None
    for department, item, result in _DEPARTMENTS:
        count = sum(d == department for d, _, _ in _DEPARTMENTS)
        rows.append(([Cell(department, rowspan=count)] if department != seen else []) + [item, result])
        seen = department
    sheet.heading("各科检查")
    sheet.add(Table(rows, "lined"))
    _labs(sheet, ["metabolic"], "lined")
    _summary(sheet, "inline")
    sheet.signature([("总检医师", person.chief), ("报告日期", person.extras["reported_at"])])
    return sheet.done()


def zebra_pages(random):
    sheet, person = _start(random, "header", "grid bold")
    _general(sheet, "zebra")
    _labs(sheet, ["cbc", "liver", "kidney", "metabolic"], "zebra", "letter", 9)
    _summary(sheet, "colon_heading")
    return sheet.done()


def one_table(random):
    """All in one table with group rows."""
    sheet, person = _start(random, "plain", "flow")
    lab_style = draw_lab_style(random)
    rows = [["检查项目", "结果", "提示", "参考范围", "单位"]]
    for panel in ("cbc", "liver", "metabolic"):
        rows.append([Cell(PANEL_TITLES[panel], colspan=5, bold=True)])
        for row in draw_labs(random, [panel], lab_style, 0.3, 5):
            rows.append([row.name, row.value, flag_text(row.state, "arrow"), row.range, row.unit])
            sheet.report.lab_results.append(lab_truth(row, "arrow", code=False))
    sheet.add(Table(rows, sheet.pick("lined", "shaded", "rules")))
    _summary(sheet, "heading")
    sheet.add(Paragraph("本报告仅对本次检查结果负责，请妥善保存以便对比。", style="flat small"))
    return sheet.done()


LAYOUTS = [("checkup_report", name, function) for name, function in (
    ("by_panels", by_panels), ("summary_first", summary_first), ("departments", departments), ("zebra_pages", zebra_pages), ("one_table", one_table))]
