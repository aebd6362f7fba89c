"""Imaging, endoscopy and pathology: fields, pictures, findings, conclusion."""
import datetime

from content import draw_case, english_name, expand, pick
from layouts.common import Sheet, form_table
from layouts.narrative import picture_of
from report import Aside, Cell, Figure, FigureRow, KeyValues, Paragraph, Table, Title


def _imaging_sheet(random, masthead, key=None):
    case, person = draw_case(random, key=key)
    person.extras = {"reported_at": person.date(person.admitted + datetime.timedelta(hours=5), True), "ordering_doctor": person.doctor,
                     "examiner": person.tester}
    sheet = Sheet(random, "imaging_report", person, case.department)
    title = case.imaging["title"]
    sheet.masthead(sheet.pick(f"{title}检查报告单", f"{title}检查报告", f"{title}报告单", "医学影像检查报告单"), masthead)
    return sheet, case, person


def _imaging(random, masthead, fields, sections, pictures_at):
    """`pictures_at`: none, top, between, below."""
    sheet, case, person = _imaging_sheet(random, masthead)
    number = f"{sheet.pick('US', 'CT', 'MR', 'DR', '')}{int(random.integers(100000, 999999))}"
    sheet.fields(["name", "sex", "age", "department", "bed", "admission_number", ("检查号", number), ("检查部位", case.imaging["part"]),
                  ("检查日期", person.date(person.admitted))], fields)
    row = FigureRow([Figure(picture_of(random, case.imaging["picture"], 230), f"图{i}：{text}") for i, text in
                     enumerate((case.imaging["figure"], "对照切面"), 1)])
    single = Figure(picture_of(random, case.imaging["picture"], 300), f"图1 {case.imaging['figure']}")
    if pictures_at == "top":
        sheet.add(row)
    sheet.section("imaging_findings", case.imaging["findings"], sections)
    if pictures_at == "between":
        sheet.add(single)
    sheet.section("impression", case.imaging["impression"], sections)
    if pictures_at == "below":
        sheet.add(single)
    sheet.signature([("报告医师", person.doctor)] + sheet.pairs(["reviewer", "reported_at"]), "spread")
    return sheet.done()


def imaging_headings(random):
    return _imaging(random, None, None, "heading", "none")


def imaging_pictures_top(random):
    return _imaging(random, "joined", "grid", "heading", "top")


def imaging_inline(random):
    return _imaging(random, "two_lines", "grid ruled", "inline", "between")


def imaging_colon(random):
    return _imaging(random, "header", "table", "colon_heading", "none")


def imaging_brackets(random):
    return _imaging(random, "two_lines", "underlined", "bracket_heading", "below")


def imaging_beside(random):
    """Pictures in a column beside the text."""
    sheet, case, person = _imaging_sheet(random, pick(random, ["joined", "two_lines"]))
    sheet.fields(["name", "sex", "age", "department", "admission_number", ("检查部位", case.imaging["part"])], "grid", columns=3)
    figures = [Figure(picture_of(random, case.imaging["picture"], 200), f"图{i} {t}") for i, t in enumerate((case.imaging["figure"], "参考切面"), 1)]
    label, end = sheet.pick("检查所见", "超声所见", "影像所见"), sheet.pick("检查结论", "诊断意见")
    left = [Title(label, sheet.level), Paragraph(case.imaging["findings"]), Title(end, sheet.level)]
    left += [Paragraph(line) for line in case.imaging["impression"].split("\n")]
    sheet.add(Aside(left, figures, 0.64))
    sheet.report.sections.update(imaging_findings=case.imaging["findings"], impression=case.imaging["impression"])
    sheet.signature([("报告医师", person.doctor), ("报告日期", person.date(person.admitted))])
    return sheet.done()


def imaging_measurements(random):
    """Echocardiography with a table of merged cells."""
    sheet, _, person = _imaging_sheet(random, None, "heart_failure")
    sheet.fields(["name", "sex", "age", "admission_number"], sheet.pick("grid", "flow"), columns=4)

    def number(low, high, decimals=0):
        return f"{random.uniform(low, high):.{decimals}f}"
    rows = [[Cell("测量部位", colspan=2), "测值(mm)", "正常参考值(mm)"],
            [Cell("主动脉", rowspan=2), "窦部内径", number(26, 38), "20-37"], ["升主动脉内径", number(25, 38), "20-36"],
            [Cell("左心房", rowspan=2), "前后径", number(30, 46), "19-33"], ["左右径", number(32, 48), "30-45"],
            [Cell("左心室", rowspan=3), "舒张末内径", number(40, 62), "38-53"], ["收缩末内径", number(26, 46), "23-36"], ["后壁厚度", number(8, 12), "6-11"],
            [Cell("左室射血分数(LVEF)", colspan=2), number(32, 68) + "%", "≥50%"], [Cell("E/A比值", colspan=2), number(0.6, 1.6, 1), ">1.0"]]
    sheet.add(Table(rows, sheet.pick("lined", "lined", "shaded"), caption=sheet.pick("表1 二维及M型测量结果", None)))
    findings = expand(random, "各房室腔大小如上表所示，室间隔与左室后壁厚度正常，运动{协调|欠协调}；二尖瓣回声正常，CDFI示收缩期{少量|轻度}反流信号，反流面积约<1.2-4.2>cm²；主动脉瓣回声稍增强，开放尚可；心包腔未见液性暗区。")
    impression = expand(random, "1. 左房{增大|轻度增大}\n2. 二尖瓣{轻度|少量}反流\n3. 左室舒张功能减低")
    sheet.section("imaging_findings", findings, "heading", "超声所见")
    sheet.section("impression", impression, "heading", "超声提示")
    sheet.signature([("检查医师", person.doctor), ("日期", person.date(person.admitted))])
    return sheet.done()


def imaging_english(random):
    sheet_person = draw_case(random)[1]
    name = english_name(random)
    sheet_person.name, sheet_person.hospital = name, pick(random, ["Lakeside General Hospital", "Northgate Medical Centre"])
    sheet = Sheet(random, "imaging_report", sheet_person, "", language="en", paper=pick(random, ["A4", "Letter"]))
    sheet.add(Title(pick(random, ["Chest CT Report", "Radiology Report", "CT Examination Report"]), 1))
    values = {"name": name, "sex": pick(random, ["M", "F"]), "age": f"{sheet_person.years} years"}
    sheet.add(KeyValues([("Name", values["name"]), ("Sex", values["sex"]), ("Age", values["age"]), ("Exam date", f"{sheet_person.admitted:%Y-%m-%d}"),
                         ("Examination", "CT chest without contrast")], 2, sheet.pick("grid", "grid bold", "grid ruled")))
    sheet.report.patient = values
    findings = expand(random, "There is a {solid|part-solid} nodule of <5-14> mm in the right upper lobe with smooth margins. Minor dependent atelectasis is seen in both lower lobes. The airways are patent. No enlarged mediastinal or hilar lymph nodes are seen, and there is no pleural effusion. The heart is of normal size, with mild coronary calcification.")
    impression = expand(random, "1. Right upper lobe nodule of <5-14> mm, follow-up CT in <3-6> months is advised.\n2. Mild coronary artery calcification.")
    sheet.labelled("History", ["Persistent cough for three weeks."], "heading")
    if random.random() < 0.5:
        sheet.add(Figure(picture_of(random, "tomogram", 230), "Figure 1. Axial section at the level of the nodule"))
    sheet.section("imaging_findings", findings, "heading", "Findings")
    sheet.section("impression", impression, "heading", "Impression")
    return sheet.done()


def _endoscopy(random, masthead, fields, sections, arrangement):
    """`arrangement`: grid (2x2 above), row (all in a row above), below, left (column beside the text)."""
    case, person = draw_case(random, "endoscopy")
    sheet = Sheet(random, "endoscopy_report", person, case.department)
    sheet.masthead(sheet.pick(f"{case.endoscopy['title']}检查报告单", f"{case.endoscopy['title']}检查报告", f"{case.endoscopy['title']}诊断报告"), masthead)
    sheet.fields(["name", "sex", "age", "department", sheet.pick("admission_number", "outpatient_number"),
                  ("检查号", f"E{int(random.integers(10000, 99999))}"), ("检查日期", person.date(person.admitted))], fields)
    style = sheet.pick("图{}：{}", "图{} {}")
    figures = [Figure(picture_of(random, "endoscopy", 128 if arrangement == "row" else 170), style.format(i, t))
               for i, t in enumerate(case.endoscopy["figures"], 1)]
    label, end = sheet.pick("检查所见", "镜下所见", "内镜所见"), sheet.pick("诊断", "内镜诊断", "镜下诊断", "诊断意见")
    text, conclusion = case.endoscopy["findings"], case.endoscopy["impression"]
    if arrangement == "left":
        right = [Title(label, sheet.level), Paragraph(text), Title(end, sheet.level), *(Paragraph(x) for x in conclusion.split("\n"))]
        sheet.add(Aside(figures[:3], right, 0.28))
        sheet.report.sections.update(imaging_findings=text, impression=conclusion)
    else:
        if arrangement == "grid":
            sheet.add(FigureRow(figures[:2]), FigureRow(figures[2:]))
        elif arrangement == "row":
            sheet.add(FigureRow(figures))
        sheet.section("imaging_findings", text, sections, label)
        sheet.section("impression", conclusion, sections, end)
        if arrangement == "below":
            sheet.add(FigureRow(figures[:2]), FigureRow(figures[2:]))
    if random.random() < 0.5:
        sheet.labelled("建议", ["规律饮食，按时服药，定期复查。"], "inline")
    sheet.signature([("检查医师", person.doctor), ("报告日期", person.date(person.admitted))])
    return sheet.done()


def endoscopy_grid(random):
    return _endoscopy(random, None, "grid", "heading", "grid")


def endoscopy_row(random):
    return _endoscopy(random, "two_lines", "grid ruled", "heading", "row")


def endoscopy_below(random):
    return _endoscopy(random, "joined", "flow", "inline", "below")


def endoscopy_left(random):
    return _endoscopy(random, pick(random, ["joined", "two_lines"]), "underlined", "heading", "left")


def endoscopy_colon(random):
    return _endoscopy(random, "header", "table", "colon_heading", "row")


def _pathology(random, masthead, fields, sections, figures=False):
    case, person = draw_case(random, "pathology")
    person.extras = {"sample_number": f"P{person.admitted:%y}{int(random.integers(10000, 99999))}", "sample_type": case.pathology["site"] + "组织",
                     "received_at": person.date(person.admitted), "reported_at": person.date(person.admitted + datetime.timedelta(days=4)),
                     "ordering_doctor": person.doctor}
    sheet = Sheet(random, "pathology_report", person, case.department)
    sheet.masthead(sheet.pick("病理诊断报告单", "病理检查报告单", "病理报告", "活体组织病理检查报告"), masthead)
    keys = ["name", "sex", "age", "department", "admission_number", ("病理号", person.extras["sample_number"]), "ordering_doctor",
            "received_at", ("送检部位", case.pathology["site"])]
    sheet.fields(keys, fields)
    sheet.labelled(sheet.pick("肉眼所见", "大体所见", "巨检所见"), [case.pathology["gross"]], sections)
    if figures:
        sheet.add(FigureRow([Figure(picture_of(random, "tissue", 230), f"图{i} {t}") for i, t in enumerate(("HE染色 ×100", "HE染色 ×200"), 1)]))
    sheet.section("pathology_findings", case.pathology["micro"], sections)
    sheet.report.accepted["sections.pathology_findings"] = case.pathology["gross"] + case.pathology["micro"]
    sheet.diagnoses([case.pathology["diagnosis"]], "pathology", sections)
    if random.random() < 0.4:
        sheet.add(Table([["免疫组化指标", "结果"], ["CK", pick(random, ["（+）", "+"])], ["CD20", "（-）"], ["Ki-67", f"约{int(random.integers(2, 60))}%（+）"]],
                        sheet.pick("lined", "three")))
    sheet.signature([("报告医师", person.doctor)] + sheet.pairs(["reviewer", "reported_at"], clock=False), "spread")
    return sheet.done()


def pathology_headings(random):
    return _pathology(random, None, "grid", "heading", True)


def pathology_inline(random):
    return _pathology(random, "joined", "grid ruled", "inline")


def pathology_colon(random):
    return _pathology(random, "two_lines", "table", "colon_heading")


def pathology_brackets(random):
    return _pathology(random, "header", "underlined", "bracket", True)


def pathology_form(random):
    case, person = draw_case(random, "pathology")
    sheet = Sheet(random, "pathology_report", person, case.department)
    sheet.masthead("病理检查报告单", pick(random, ["joined", "two_lines"]))
    sheet.add(form_table(sheet.pairs(["name", "sex", "age", "department", "bed", "admission_number"]), 3))
    rows = [[Cell("送检材料"), Cell(case.pathology["site"])], [Cell("临床诊断"), Cell(case.diagnoses[0])], [Cell("肉眼所见"), Cell(case.pathology["gross"])],
            [Cell("镜下所见"), Cell(case.pathology["micro"])], [Cell("病理诊断"), Cell(case.pathology["diagnosis"], bold=True)]]
    sheet.report.sections["pathology_findings"] = case.pathology["micro"]
    sheet.report.accepted["sections.pathology_findings"] = case.pathology["gross"] + case.pathology["micro"]
    sheet.remember_diagnoses([case.diagnoses[0], case.pathology["diagnosis"]])
    sheet.add(Table(rows, "lined", header_rows=0, widths=[16, 84]))
    sheet.signature([("诊断医师", person.doctor), ("报告日期", person.date(person.discharged))])
    return sheet.done()


LAYOUTS = [("imaging_report", name, function) for name, function in (
    ("headings", imaging_headings), ("pictures_top", imaging_pictures_top), ("inline", imaging_inline), ("colon_headings", imaging_colon),
    ("brackets", imaging_brackets), ("beside", imaging_beside), ("measurements", imaging_measurements), ("english", imaging_english))]
LAYOUTS += [("endoscopy_report", name, function) for name, function in (
    ("grid", endoscopy_grid), ("row", endoscopy_row), ("below", endoscopy_below), ("left", endoscopy_left), ("colon_headings", endoscopy_colon))]
LAYOUTS += [("pathology_report", name, function) for name, function in (
    ("headings", pathology_headings), ("inline", pathology_inline), ("colon_headings", pathology_colon), ("brackets", pathology_brackets),
    ("form", pathology_form))]
