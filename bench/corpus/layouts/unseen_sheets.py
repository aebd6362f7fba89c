"""More layouts kept apart (see unseen.py): laboratory sheets and check-ups as analysers and laboratories print them.

Odd orders of columns, marks before values, units inside the result, ranges by sex, age and phase on several lines, results of
an earlier visit beside today's, titres and degrees, sheets without any heading, items in two lines.
"""
import datetime

from content import PANEL_TITLES, draw_case, draw_lab_style, draw_labs, flag_text, lab_truth, pick
from layouts.common import Sheet
from layouts.laboratory import _closing, _sheet
from report import Cell, KeyValues, Paragraph, Table

_HORMONES = [("促卵泡生成素", "FSH", "mIU/mL", ["卵泡期：3.03-8.08", "排卵期：2.55-16.69", "黄体期：1.38-5.47", "绝经期：26.72-133.41"], (3, 60), 2),
             ("促黄体生成素", "LH", "mIU/mL", ["卵泡期：1.80-11.78", "排卵期：7.59-89.08", "黄体期：0.56-14.00", "绝经期：5.16-61.99"], (1, 60), 2),
             ("雌二醇", "E2", "pg/mL", ["卵泡期：21-251", "排卵期：38-649", "黄体期：21-312", "绝经期：<10-28"], (15, 400), 0),
             ("孕酮", "P", "ng/mL", ["卵泡期：<0.1-0.3", "黄体期：1.2-15.9", "绝经期：<0.1-0.2"], (0.1, 14), 2),
             ("睾酮", "T", "ng/dL", ["21-49岁：13.84-53.35", "≥50岁：12.40-35.76"], (13, 60), 2)]
_TITRES = [("抗链球菌溶血素O", "ASO", "IU/mL", "<200", (20, 600), 0), ("类风湿因子", "RF", "IU/mL", "0-20", (3, 90), 1)]
_SIGNALS = [("乙肝病毒表面抗原", "HBsAg"), ("丙肝病毒抗体", "Anti-HCV"), ("人免疫缺陷病毒抗体", "Anti-HIV"), ("梅毒螺旋体抗体", "Anti-TP")]


def marks_first(random):
    """The mark before the name, the value with its unit in one cell."""
    panels = pick(random, [["cbc"], ["liver", "kidney"], ["electrolyte", "metabolic"]])
    sheet = _sheet(random, panels, "joined")
    sheet.fields(["name", "sex", "age", "department", "bed", "sample_number", "sample_type"], "flow", 4)
    flags, rows = sheet.pick("arrow", "star"), draw_labs(random, panels, draw_lab_style(random), 0.35, int(random.integers(9, 18)))
    body = [[flag_text(row.state, flags), row.name, f"{row.value} {row.unit}".strip(), row.range] for row in rows]
    sheet.report.lab_results += [lab_truth(row, flags, code=False) for row in rows]
    sheet.add(Table([["", "检验项目", "检验结果", "参考区间"]] + body, sheet.pick("three", "rules", "lined"), widths=[6, 40, 28, 26]))
    return _closing(sheet)


def phases(random):
    """Hormones of a woman, with ranges by phase on lines of their own."""
    sheet = _sheet(random, ["immunology"], "two_lines", title="激素检验报告单")
    sheet.person.sex = "女"
    sheet.fields(["name", "sex", "age", "department", "sample_number", "sample_type"], "grid", 3)
    body = []
    for name, code, unit, ranges, (low, high), decimals in _HORMONES:
        value = f"{random.uniform(low, high):.{decimals}f}"
        body.append([name, code, value, unit, "\n".join(ranges)])
        sheet.report.lab_results.append({"name": name, "code": code, "value": value, "unit": unit, "reference_range": "\n".join(ranges), "flag": ""})
    sheet.add(Table([["项目名称", "缩写", "结果", "单位", "参考值"]] + body, sheet.pick("lined", "rules"), widths=[26, 12, 14, 14, 34]))
    return _closing(sheet)


def with_history(random):
    """Today's results beside those of the visit before."""
    panels = pick(random, [["kidney", "electrolyte"], ["liver"], ["cbc"]])
    sheet = _sheet(random, panels, None)
    sheet.fields(["name", "sex", "age", "department", "admission_number", "sample_type"], "grid ruled", 3)
    flags, style = "arrow", draw_lab_style(random)
    rows = draw_labs(random, panels, style, 0.35, int(random.integers(8, 15)))
    body = []
    for row in rows:
        earlier = draw_labs(random, [row.panel], style, 0.3)
        before = next(r.value for r in earlier if r.code == row.code)
        body.append([row.name, f"{row.value} {flag_text(row.state, flags)}".strip(), before, row.unit, row.range])
    sheet.report.lab_results += [lab_truth(row, flags, code=False) for row in rows]
    sheet.add(Table([["检测项目", "本次结果", "上次结果", "单位", "参考范围"]] + body, sheet.pick("three", "lined", "zebra")))
    return _closing(sheet)


def bare_columns(random):
    """No headings, no rules, ranges in brackets, as a till prints."""
    panels = pick(random, [["electrolyte"], ["kidney"], ["cardiac"], ["coagulation"]])
    sheet = _sheet(random, panels, "plain", title=f"{PANEL_TITLES[panels[0]]}检验报告单", paper="A5 landscape")
    sheet.fields(["name", "sex", "age", "bed", "sample_number"], "bare", 3)
    flags, rows = sheet.pick("arrow", "letter"), draw_labs(random, panels, draw_lab_style(random), 0.35, 9)
    body = [[f"{row.name}({row.code})", row.value, flag_text(row.state, flags), row.unit, f"[{row.range}]"] for row in rows]
    sheet.report.lab_results += [dict(lab_truth(row, flags, f"{row.name}({row.code})"), reference_range=f"[{row.range}]") for row in rows]
    sheet.add(Table(body, "none", header_rows=0, widths=[40, 14, 8, 16, 22]))
    return _closing(sheet)


def signals(random):
    """Infection markers: word and signal in one cell, then values without a unit column."""
    sheet = _sheet(random, ["hepatitis"], "two_lines", title="输血前检查报告单")
    sheet.fields(["name", "sex", "age", "department", "bed", "admission_number"], "table", 3)
    body = []
    for name, code in _SIGNALS:
        positive = random.random() < 0.25
        signal = random.uniform(1.2, 80) if positive else random.uniform(0.01, 0.6)
        value = f"{'阳性' if positive else '阴性'}({signal:.2f})"
        body.append([name, code, value, flag_text(1 if positive else 0, "star"), "阴性(<1.00)"])
        sheet.report.lab_results.append({"name": name, "code": code, "value": value, "unit": "", "reference_range": "阴性(<1.00)", "flag": "A" if positive else ""})
    for name, code, unit, printed, (low, high), decimals in _TITRES:
        value = f"{random.uniform(low, high):.{decimals}f}"
        state = 1 if float(value) > (199 if code == "ASO" else 20) else 0
        body.append([name, code, f"{value} {unit}", flag_text(state, "star"), printed])
        sheet.report.lab_results.append({"name": name, "code": code, "value": value, "unit": unit, "reference_range": printed, "flag": "A" if state else ""})
    sheet.add(Table([["检验项目", "代号", "结果", "提示", "参考值"]] + body, sheet.pick("lined", "three")))
    return _closing(sheet)


def two_line_items(random):
    """Each item in two lines: Chinese name above, English below; the range with its unit."""
    panels = pick(random, [["liver", "kidney"], ["metabolic", "electrolyte"]])
    sheet = _sheet(random, panels, "joined", title="生化检验报告单")
    sheet.fields(["name", "sex", "age", "department", "outpatient_number", "sample_type"], "grid", 3)
    flags = sheet.pick("arrow", "word")
    rows = [r for r in draw_labs(random, panels, draw_lab_style(random), 0.35, 12) if r.unit]
    body = [[f"{row.name}\n{row.english}", row.value, flag_text(row.state, flags), f"{row.range} {row.unit}"] for row in rows]
    sheet.report.lab_results += [lab_truth(row, flags, f"{row.name} {row.english}", code=False) for row in rows]
    sheet.add(Table([["项目", "结果", "提示", "参考范围及单位"]] + body, sheet.pick("rules", "lined"), widths=[44, 16, 14, 26]))
    return _closing(sheet)


def urine_and_sediment(random):
    """Urine by degrees on the left, sediment counts on the right."""
    sheet = _sheet(random, ["urine"], "two_lines", title="尿液分析报告单")
    sheet.fields(["name", "sex", "age", "department", "sample_number", "sample_type"], "flow", 4)
    left = draw_labs(random, ["urine"], draw_lab_style(random), 0.4, 7)
    counts = [("红细胞", "RBC", 0, 25), ("白细胞", "WBC", 0, 28), ("上皮细胞", "EC", 0, 30), ("管型", "CAST", 0, 2), ("细菌", "BACT", 0, 400), ("结晶", "XTAL", 0, 6),
              ("酵母菌", "YLC", 0, 1)][:len(left)]
    right, truths = [], []
    for name, code, _, high in counts:
        number = random.uniform(0, high * 1.5)
        value = f"{number:.1f}"
        flag = "↑" if float(value) > high else ""
        right.append([name, f"{value} {flag}".strip(), "/μL", f"0-{high}"])
        truths.append({"name": name, "value": value, "unit": "/μL", "reference_range": f"0-{high}", "flag": "H" if flag else ""})
    body = [[row.name, row.value, row.range, *other] for row, other in zip(left, right)]
    sheet.report.lab_results += [dict(lab_truth(row, "arrow", code=False), unit="", flag="") for row in left[:len(right)]] + truths
    sheet.add(Table([["项目", "结果", "参考值", "有形成分", "结果", "单位", "参考值"]] + body, "lined"))
    return _closing(sheet)


def by_department(random):
    """A check-up: what each department saw in lines, results in tables, conclusions and advice apart."""
    case, person = draw_case(random)
    person.extras = {"reported_at": person.date(person.admitted + datetime.timedelta(days=4))}
    sheet = Sheet(random, "checkup_report", person, "")
    sheet.report.lab_results = []
    sheet.masthead("健康体检报告书", sheet.pick("two_lines", "joined"))
    sheet.fields(["name", "sex", "age", ("体检编号", f"{int(random.integers(100000, 999999))}"), ("体检日期", person.date(person.admitted)), "phone"], "grid", 3)
    sheet.add(Table([["一般检查", "身高", f"{int(random.integers(152, 185))} cm", "体重", f"{random.uniform(48, 90):.1f} kg"],
                     [Cell(""), "血压", f"{int(random.integers(105, 150))}/{int(random.integers(62, 95))} mmHg", "脉搏", f"{int(random.integers(60, 95))} 次/分"]], "lined", header_rows=0))
    sheet.add(Paragraph("内科：心肺听诊未见异常。腹部平软，肝脾肋下未触及。", style="flat"), Paragraph("外科：甲状腺未触及肿大，浅表淋巴结未触及。", style="flat"),
              Paragraph("眼科：双眼外眼未见异常。", style="flat"))
    for panel in pick(random, [("cbc", "metabolic"), ("liver", "kidney"), ("metabolic", "thyroid")]):
        rows = draw_labs(random, [panel], draw_lab_style(random), 0.3, 6)
        sheet.report.lab_results += [lab_truth(row, "arrow", code=False) for row in rows]
        sheet.add(Table([[Cell(PANEL_TITLES[panel], colspan=4, bold=True)], ["项目", "结果", "参考范围", "单位"]]
                        + [[r.name, f"{r.value}{flag_text(r.state, 'arrow')}", r.range, r.unit] for r in rows], "lined", header_rows=2))
    lines = [f"{i}. {text}" for i, text in enumerate(pick(random, [["血脂异常", "脂肪肝"], ["窦性心动过缓", "甲状腺结节", "超重"], ["高尿酸血症", "颈动脉斑块"]]), 1)]
    sheet.section("summary", "\n".join(lines), "bracket_heading", "主检结论")
    sheet.labelled("健康建议", ["低脂饮食，适当运动，三个月后复查。"], "bracket_heading")
    sheet.add(KeyValues([("主检医师", person.chief), *sheet.pairs(["reported_at"], clock=False)], 2, "spread"))
    return sheet.done()


LAYOUTS = [("lab_report", "marks_first", marks_first), ("lab_report", "phases", phases), ("lab_report", "with_history", with_history),
           ("lab_report", "bare_columns", bare_columns), ("lab_report", "signals", signals), ("lab_report", "two_line_items", two_line_items),
           ("lab_report", "urine_and_sediment", urine_and_sediment), ("checkup_report", "by_department", by_department)]
