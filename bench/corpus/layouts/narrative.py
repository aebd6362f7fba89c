"""Records written in words: discharge, admission, progress, outpatient, consultation, operation."""
import datetime

import pictures
from content import draw_case, draw_lab_style, draw_labs, flag_text, lab_truth
from layouts.common import Sheet, form_table
from report import Cell, Figure, KeyValues, Paragraph, Table

_HISTORY = ("chief_complaint", "history_of_present_illness", "past_history", "personal_history", "marital_history",
            "menstrual_history", "family_history")
_EXAMINATION = ("physical_examination", "specialist_examination", "auxiliary_examination")


def picture_of(random, kind, width):
    """An <img> of the drawn picture of that kind."""
    drawn = {"ultrasound": pictures.ultrasound, "tomogram": pictures.tomogram, "radiograph": pictures.radiograph,
             "endoscopy": pictures.endoscopy, "tissue": pictures.tissue_section}[kind](random)
    return pictures.image_tag(drawn, width)


def lab_table(sheet, panels, count, style, flags=None):
    """A small result table inside a record; adds its rows to the truth."""
    random = sheet.random
    lab_style = draw_lab_style(random)
    flags = flags or sheet.pick("arrow", "arrow", "letter")
    head = list(sheet.pick(("检查项目", "结果", "单位", "参考范围"), ("项目", "结果", "单位", "正常范围"), ("检验项目", "测定值", "单位", "参考值")))
    rows = draw_labs(random, panels, lab_style, 0.5, count)
    sheet.report.lab_results = (sheet.report.lab_results or []) + [lab_truth(r, flags, code=False) for r in rows]
    body = [[r.name, f"{r.value} {flag_text(r.state, flags)}".strip(), r.unit, r.range] for r in rows]
    return Table([head] + body, style)


def _discharge(random, masthead, patient, sections, *, labs=None, figure=False, orders="text", footer=None, title=None,
               numbering=None):
    case, person = draw_case(random)
    sheet = Sheet(random, "discharge_summary", person, case.department)
    sheet.report.footer = footer
    sheet.masthead(title or sheet.pick("出院小结", "出院记录", "出 院 小 结", "出院记录"), masthead)
    keys = ["name", "sex", "age", "department", "bed", "admission_number", "admission_date", "discharge_date"]
    days = str((person.discharged - person.admitted).days)
    sheet.fields(keys + ([("住院天数", days + "天")] if sheet.pick(True, False) else []), patient, clock=sheet.pick(True, False))
    if sheet.pick(True, False):
        sheet.section("chief_complaint", case.sections["chief_complaint"], sections)
    sheet.diagnoses(case.diagnoses[:2], "admission", sections, numbering=numbering)
    sheet.section("admission_condition", case.sections["admission_condition"], sections)
    if labs:
        sheet.heading("实验室检查")
        sheet.add(lab_table(sheet, case.panels, int(random.integers(3, 8)), labs))
    if figure:
        sheet.add(Figure(picture_of(random, case.imaging["picture"], 260), f"图1：{case.imaging['title']}示{case.imaging['figure']}"))
    sheet.section("treatment_course", case.sections["treatment_course"], sections)
    sheet.diagnoses(case.diagnoses, "discharge", sections, numbering=numbering)
    sheet.section("discharge_condition", case.sections["discharge_condition"], sections)
    if orders == "text":
        sheet.section("discharge_orders", case.sections["discharge_orders"], sections)
    else:
        sheet.labelled("出院带药", ["出院后继续以下药物治疗："], "heading")
        if orders == "table":
            head = ["序号", "药品名称", "规格", "单次剂量", "频次", "途径"]
            rows = [[str(i), n, s, d, f, r] for i, (n, s, d, f, r) in enumerate(case.medications, 1)]
            sheet.add(Table([head] + rows, sheet.pick("lined", "three", "rules")))
            sheet.report.medications += [m[0] for m in case.medications]
        else:
            sheet.medication_lines(case.medications)
        sheet.section("discharge_orders", case.sections["discharge_orders"], sections)
    sheet.signature([("医师签名", person.doctor), ("日期", person.date(person.discharged))])
    return sheet.done()


def discharge_headings(random):
    return _discharge(random, None, None, "heading", labs="lined", figure=True)


def discharge_brackets(random):
    return _discharge(random, "header", "grid", "bracket", labs="three", footer="第 {page} 页 共 {pages} 页")


def discharge_numbered(random):
    return _discharge(random, "two_lines", "underlined", "numbered", orders="lines")


def discharge_inline(random):
    return _discharge(random, "joined", "flow", "inline", orders="table", footer="{page}/{pages}")


def discharge_colon_headings(random):
    return _discharge(random, None, "table", "colon_heading", labs="lined", title="出院（死亡）记录" if random.random() < 0.1 else None)


def discharge_form(random):
    """Everything in one lined form: labels left, text right."""
    case, person = draw_case(random)
    sheet = Sheet(random, "discharge_summary", person, case.department)
    sheet.masthead("出院小结", sheet.pick("joined", "two_lines"))
    pairs = sheet.pairs(["name", "sex", "age", "department", "admission_number", "bed"])
    dates = sheet.pairs(["admission_date", "discharge_date"], clock=False)
    rows = [[Cell(t) for p in pairs[i:i + 3] for t in p] for i in (0, 3)]
    rows.append([Cell(dates[0][0]), Cell(dates[0][1], colspan=2), Cell(dates[1][0]), Cell(dates[1][1], colspan=2)])

    def wide(label, text):
        rows.append([Cell(label), Cell(text, colspan=5)])
    numbered = [f"{i}. {d}" for i, d in enumerate(case.diagnoses, 1)]
    wide("入院诊断", case.diagnoses[0])
    wide("出院诊断", " ".join(numbered))
    for key in ("admission_condition", "treatment_course", "discharge_condition", "discharge_orders"):
        wide({"admission_condition": "入院情况", "treatment_course": "诊疗经过", "discharge_condition": "出院情况",
              "discharge_orders": "出院医嘱"}[key], case.sections[key])
        sheet.report.sections[key] = case.sections[key]
    sheet.remember_diagnoses([case.diagnoses[0]] + case.diagnoses)
    sheet.add(Table(rows, "lined", header_rows=0, widths=[13, 19, 12, 22, 13, 21]))
    sheet.signature([("主治医师", person.chief), ("住院医师", person.doctor)])
    return sheet.done()


def _admission(random, masthead, patient, sections, *, footer=None, aside=False):
    case, person = draw_case(random)
    sheet = Sheet(random, "admission_record", person, case.department)
    sheet.report.footer = footer
    sheet.masthead(sheet.pick("入院记录", "入 院 记 录", "住院病历"), masthead)
    keys = ["name", "sex", "age", ("婚姻", sheet.pick("已婚", "已婚", "未婚")), ("职业", sheet.pick("退休", "农民", "职员", "教师")),
            ("民族", "汉族"), "address", "admission_number", "admission_date", ("病史陈述者", sheet.pick("本人", "家属")),
            ("可靠程度", "可靠"), "department"]
    sheet.fields(keys, patient, columns=sheet.pick(2, 3))
    for key in (*_HISTORY, *_EXAMINATION):
        if key in case.sections:
            sheet.section(key, case.sections[key], sections)
    sheet.diagnoses(case.diagnoses, "admission", sections)
    sheet.signature([("医师签名", person.doctor), ("记录日期", person.date(person.admitted + datetime.timedelta(hours=2), True))])
    return sheet.done()


def admission_inline(random):
    return _admission(random, None, "grid", "inline", footer="第{page}页")


def admission_headings(random):
    return _admission(random, "two_lines", "table", "heading", footer="第 {page} 页 / 共 {pages} 页")


def admission_brackets(random):
    return _admission(random, "header", "flow", "bracket")


def admission_plain(random):
    return _admission(random, "plain", "underlined", "plain_inline", footer="- {page} -")


def admission_numbered(random):
    return _admission(random, "joined", "grid ruled", "numbered", footer="{page} / {pages}")


def admission_form(random):
    """A questionnaire-like form for person and history, examination as text below."""
    case, person = draw_case(random)
    sheet = Sheet(random, "admission_record", person, case.department)
    sheet.masthead("入院记录", sheet.pick("joined", "two_lines", "plain"))
    sheet.add(form_table(sheet.pairs(["name", "sex", "age", "department", "bed", "admission_number", "birth_date", "phone",
                                      "admission_date"], clock=False), 3))
    rows = [[key_label, case.sections[key]] for key, key_label in
            (("chief_complaint", "主诉"), ("history_of_present_illness", "现病史"), ("past_history", "既往史"),
             ("personal_history", "个人史"), ("family_history", "家族史")) if key in case.sections]
    for key in ("chief_complaint", "history_of_present_illness", "past_history", "personal_history", "family_history"):
        sheet.report.sections[key] = case.sections[key]
    sheet.add(Table(rows, "lined", header_rows=0, widths=[14, 86]))
    sheet.section("physical_examination", case.sections["physical_examination"], "heading")
    sheet.diagnoses(case.diagnoses, "admission", "heading")
    sheet.signature([("经治医师", person.doctor), ("上级医师", person.chief)])
    return sheet.done()


def _progress(random, masthead, patient, note_style, notes, footer=None):
    """Several dated notes of one stay."""
    case, person = draw_case(random)
    sheet = Sheet(random, "progress_note", person, case.department)
    sheet.report.footer = footer
    sheet.masthead(sheet.pick("病程记录", "病 程 记 录", "病程记录单"), masthead)
    sheet.fields(["name", "department", "bed", "admission_number"], patient, columns=4)
    when = person.admitted + datetime.timedelta(hours=3)
    for number in range(notes):
        kind = "首次病程记录" if number == 0 and note_style != "rounds" else sheet.pick(
            f"{person.chief}主任医师查房记录", f"{person.doctor}主治医师查房记录", "日常病程记录")
        stamp = person.date(when, True)
        if number == 0 and kind == "首次病程记录":
            sheet.heading(f"{stamp} {kind}")
            sheet.add(Paragraph(f"患者{person.name}，{person.sex}，{person.years}岁，因“{case.sections['chief_complaint'].rstrip('。')}”于"
                                f"{person.date(person.admitted)}入院。"))
            sheet.add(Paragraph(case.sections["admission_condition"], "病例特点："))
            sheet.diagnoses(case.diagnoses, "admission", "inline", label="初步诊断")
            sheet.add(Paragraph("完善相关检查，明确诊断，给予对症支持治疗，密切观察病情变化。", "诊疗计划："))
        else:
            text = sheet.pick(
                f"今日查房，患者诉{sheet.pick('症状较前减轻', '夜间睡眠欠佳', '食欲改善')}，精神{sheet.pick('可', '一般')}，"
                f"T 36.{int(random.integers(3, 9))}℃，P {int(random.integers(68, 98))}次/分，BP {int(random.integers(112, 148))}/{int(random.integers(66, 92))}mmHg。",
                f"患者一般情况{sheet.pick('平稳', '好转')}，无新发不适，查体同前，SpO₂ {int(random.integers(94, 99))}%。")
            rest = sheet.pick(f"复查WBC {random.uniform(5, 12):.1f}×10⁹/L，CRP {random.uniform(3, 60):.1f}mg/L，较前下降。继续目前治疗方案，注意监测生命体征。",
                              f"{person.chief}主任医师查房后指示：诊断明确，治疗有效，可逐步减量，嘱患者适当下床活动，预防深静脉血栓。")
            if note_style == "inline":
                sheet.add(Paragraph(text + rest, f"{stamp}  {kind}：", "flat"))
            else:
                sheet.heading(f"{stamp} {kind}")
                sheet.add(Paragraph(text + rest))
        sheet.signature([("医师签名", person.doctor)], "line")
        when += datetime.timedelta(days=1, hours=int(random.integers(-3, 4)))
    return sheet.done()


def progress_first(random):
    return _progress(random, None, "grid", "first", 2)


def progress_daily(random):
    return _progress(random, "header", "flow", "rounds", 4, "第 {page} 页")


def progress_inline(random):
    return _progress(random, "plain", "grid ruled", "inline", 4)


def progress_form(random):
    """Notes in a table: time left, note right."""
    case, person = draw_case(random)
    sheet = Sheet(random, "progress_note", person, case.department)
    sheet.masthead("病程记录", sheet.pick("joined", "two_lines"))
    sheet.fields(["name", "sex", "age", "bed", "admission_number"], "table")
    when, rows = person.admitted, [["记录时间", "病程内容"]]
    for text in (case.sections["admission_condition"], case.sections["treatment_course"], case.sections["discharge_condition"]):
        rows.append([person.date(when, True), text + f" 签名：{person.doctor}"])
        when += datetime.timedelta(days=2)
    sheet.add(Table(rows, "lined", widths=[22, 78]))
    return sheet.done()


def progress_pages(random):
    """A table of notes over two pages, broken inside a row."""
    case, person = draw_case(random)
    sheet = Sheet(random, "progress_note", person, case.department)
    sheet.report.footer = sheet.pick("第 {page} 页 共 {pages} 页", "{page}/{pages}")
    sheet.masthead("病程记录", sheet.pick("joined", "header"))
    sheet.fields(["name", "sex", "age", "bed", "admission_number"], "grid", columns=4)
    when, rows = person.admitted, [["日期", "病程记录内容", "签名"]]
    for key in ("history_of_present_illness", "physical_examination", "auxiliary_examination", "treatment_course", "history_of_present_illness",
                "treatment_course", "physical_examination", "treatment_course", "discharge_condition"):
        text = case.sections[key] if key in ("treatment_course", "discharge_condition") else "复习病史：" + case.sections[key] if "history" in key else "查体及检查：" + case.sections[key]
        rows.append([person.date(when), text + "继续观察病情变化，嘱患者及家属配合治疗，加强营养支持，注意休息。" * int(random.integers(1, 4)), person.doctor])
        when += datetime.timedelta(days=1)
    sheet.add(Table(rows, "lined", widths=[16, 72, 12], splittable=True, break_rows=True, repeat_header=random.random() < 0.6))
    return sheet.done()


def progress_stage(random):
    """A stage summary with sections."""
    case, person = draw_case(random)
    sheet = Sheet(random, "progress_note", person, case.department)
    sheet.masthead(sheet.pick("阶段小结（病程记录）", "病程记录—阶段小结"), None)
    sheet.fields(["name", "sex", "age", "department", "admission_number", "admission_date"], None)
    style = sheet.pick("heading", "bracket", "inline")
    sheet.section("admission_condition", case.sections["admission_condition"], style)
    sheet.diagnoses(case.diagnoses, "admission", style)
    sheet.section("treatment_course", case.sections["treatment_course"], style)
    sheet.labelled("目前情况", [case.sections["discharge_condition"]], style)
    sheet.signature([("医师", person.doctor), ("时间", person.date(person.discharged, True))])
    return sheet.done()


def _outpatient(random, masthead, patient, sections, paper="A4", medications="lines"):
    case, person = draw_case(random)
    sheet = Sheet(random, "outpatient_record", person, case.department, paper=paper)
    sheet.masthead(sheet.pick("门诊病历", "门（急）诊病历", "门诊病历记录"), masthead)
    sheet.fields(["name", "sex", "age", "outpatient_number", "department", ("就诊日期", person.date(person.admitted, True))], patient)
    for key in ("chief_complaint", "history_of_present_illness", "past_history"):
        sheet.section(key, case.sections[key], sections)
    sheet.section("physical_examination", case.sections["physical_examination"], sections)
    sheet.diagnoses(case.diagnoses[:2], "clinical", sections)
    if medications == "lines":
        sheet.labelled("处理", ["给予以下药物治疗，不适随诊："], sections)
        sheet.medication_lines(case.medications[:2])
    elif medications == "table":
        sheet.labelled("处理意见", ["药物治疗见下表，不适随诊。"], sections)
        sheet.add(Table([["药品", "规格", "用法", "用量"]] + [[n, s, f"{r} {f}", d] for n, s, d, f, r in case.medications[:3]], "lined"))
        sheet.report.medications += [m[0] for m in case.medications[:3]]
    sheet.signature([("接诊医师", person.doctor)], "line")
    return sheet.done()


def outpatient_headings(random):
    return _outpatient(random, None, "grid", "heading")


def outpatient_inline(random):
    return _outpatient(random, "joined", "flow", "inline", medications="none")


def outpatient_brackets(random):
    return _outpatient(random, "two_lines", "underlined", "bracket", medications="table")


def outpatient_plain(random):
    return _outpatient(random, "header", "bare", "plain_inline", paper="B5")


def outpatient_form(random):
    case, person = draw_case(random)
    sheet = Sheet(random, "outpatient_record", person, case.department)
    sheet.masthead("门诊病历", sheet.pick("joined", "plain"))
    pairs = sheet.pairs(["name", "sex", "age", "department", "outpatient_number", "phone"])
    rows = [[Cell(t) for p in pairs[i:i + 3] for t in p] for i in (0, 3)]
    for key, label in (("chief_complaint", "主诉"), ("history_of_present_illness", "现病史"), ("past_history", "既往史"),
                       ("physical_examination", "体格检查"), ("auxiliary_examination", "辅助检查")):
        rows.append([Cell(label), Cell(case.sections[key], colspan=5)])
        sheet.report.sections[key] = case.sections[key]
    rows.append([Cell("诊断"), Cell("；".join(case.diagnoses[:2]), colspan=5)])
    sheet.remember_diagnoses(case.diagnoses[:2])
    sheet.add(Table(rows, "lined", header_rows=0, widths=[12, 18, 12, 22, 12, 24]))
    sheet.signature([("医师签字", person.doctor), ("日期", person.date(person.admitted))])
    return sheet.done()


def _consultation(random, masthead, patient, sections):
    case, person = draw_case(random)
    sheet = Sheet(random, "consultation", person, case.department)
    sheet.masthead(sheet.pick("会诊记录", "会诊单", "会诊申请及意见记录"), masthead)
    other = sheet.pick("肾内科", "心血管内科", "内分泌科", "重症医学科", "药学部")
    sheet.fields(["name", "sex", "age", "department", "bed", "admission_number", ("申请科室", case.department), ("会诊科室", other),
                  ("会诊类型", sheet.pick("普通会诊", "急会诊"))], patient)
    sheet.labelled(sheet.pick("病情摘要", "患者病情及诊疗情况"), [case.sections["admission_condition"] + case.sections["treatment_course"]], sections)
    sheet.diagnoses(case.diagnoses, "clinical", sections, label=sheet.pick("目前诊断", "诊断"))
    sheet.labelled(sheet.pick("会诊目的", "申请会诊理由"), [f"请{other}协助评估病情及指导用药。"], sections)
    sheet.labelled(sheet.pick("会诊意见", "会诊医师意见"), [
        "病史已阅，看过患者。同意目前诊断及治疗，建议：", f"1. 复查血常规、肾功能及电解质，维持血钾{random.uniform(4, 4.4):.1f}～5.0mmol/L；",
        "2. 控制血压及血糖，避免肾毒性药物；", "3. 我科随诊。"], sections)
    sheet.signature([("会诊医师", person.chief), ("会诊时间", person.date(person.admitted + datetime.timedelta(days=2), True))])
    return sheet.done()


def consultation_headings(random):
    return _consultation(random, None, None, "heading")


def consultation_inline(random):
    return _consultation(random, "joined", "grid", "inline")


def consultation_brackets(random):
    return _consultation(random, "two_lines", "table", "bracket")


def consultation_numbered(random):
    return _consultation(random, "header", "underlined", "numbered")


def consultation_form(random):
    case, person = draw_case(random)
    sheet = Sheet(random, "consultation", person, case.department)
    sheet.masthead("会 诊 单", sheet.pick("joined", "two_lines"))
    pairs = sheet.pairs(["name", "sex", "age", "admission_number", "department", "bed"])
    rows = [[Cell(t) for p in pairs[i:i + 3] for t in p] for i in (0, 3)]
    other = sheet.pick("营养科", "麻醉科", "影像科")
    rows.append([Cell("病情简介"), Cell(case.sections["admission_condition"] + case.sections["treatment_course"], colspan=5)])
    rows.append([Cell("会诊要求"), Cell(f"请{other}会诊，协助诊治。", colspan=5)])
    rows.append([Cell("申请医师"), Cell(person.doctor, colspan=2), Cell("申请时间"), Cell(person.date(person.admitted, True), colspan=2)])
    rows.append([Cell("会诊意见"), Cell("患者目前病情明确，治疗方案合理，建议继续观察，三日后复评。", colspan=5)])
    rows.append([Cell("会诊医师"), Cell(person.chief, colspan=2), Cell("会诊时间"),
                 Cell(person.date(person.admitted + datetime.timedelta(days=1), True), colspan=2)])
    sheet.add(Table(rows, "lined", header_rows=0, widths=[13, 19, 12, 22, 12, 22]))
    return sheet.done()


def _operation_fields(sheet, case, person):
    minutes = int(sheet.random.integers(*case.operation["minutes"]))
    start = person.admitted + datetime.timedelta(days=2)
    return [("手术日期", person.date(start)), ("手术开始时间", f"{start:%H:%M}"),
            ("手术结束时间", f"{start + datetime.timedelta(minutes=minutes):%H:%M}"), ("术前诊断", case.operation["before"]),
            ("术后诊断", case.operation["after"]), ("手术名称", case.operation["name"]), ("麻醉方式", case.operation["anesthesia"]),
            ("手术者", person.chief), ("助手", person.doctor)]


def _operation(random, masthead, patient, sections):
    case, person = draw_case(random, "operation")
    sheet = Sheet(random, "operative_record", person, case.department)
    sheet.masthead(sheet.pick("手术记录", "手 术 记 录", "手术记录单"), masthead)
    sheet.fields(["name", "sex", "age", "department", "bed", "admission_number"], patient)
    sheet.add(KeyValues(_operation_fields(sheet, case, person), 2, sheet.pick("grid", "underlined", "grid bold")))
    sheet.section("operative_course", case.operation["operative_course"], sections)
    sheet.signature([("手术者签名", person.chief), ("记录时间", person.date(person.admitted + datetime.timedelta(days=2), True))])
    return sheet.done()


def operation_headings(random):
    return _operation(random, None, "grid", "heading")


def operation_inline(random):
    return _operation(random, "joined", "flow", "inline")


def operation_brackets(random):
    return _operation(random, "two_lines", "underlined", "bracket")


def operation_colon(random):
    return _operation(random, "header", "grid ruled", "colon_heading")


def operation_form(random):
    """The whole record as one lined form."""
    case, person = draw_case(random, "operation")
    sheet = Sheet(random, "operative_record", person, case.department)
    sheet.masthead("手术记录", sheet.pick("joined", "two_lines", "plain"))
    pairs = sheet.pairs(["name", "sex", "age", "admission_number", "department", "bed"]) + _operation_fields(sheet, case, person)[:3]
    rows = [[Cell(t) for p in pairs[i:i + 3] for t in p] for i in (0, 3, 6)]
    for label, value in _operation_fields(sheet, case, person)[3:]:
        if label not in ("手术者", "助手"):
            rows.append([Cell(label), Cell(value, colspan=5)])
    rows.append([Cell("手术者"), Cell(person.chief, colspan=2), Cell("助手"), Cell(person.doctor, colspan=2)])
    rows.append([Cell("手术经过"), Cell(case.operation["operative_course"], colspan=5)])
    sheet.report.sections["operative_course"] = case.operation["operative_course"]
    sheet.add(Table(rows, "lined", header_rows=0, widths=[13, 19, 14, 20, 14, 20]))
    sheet.signature([("手术者签名", person.chief)], "line")
    return sheet.done()


LAYOUTS = [
    ("discharge_summary", "headings", discharge_headings), ("discharge_summary", "brackets", discharge_brackets),
    ("discharge_summary", "numbered", discharge_numbered), ("discharge_summary", "inline", discharge_inline),
    ("discharge_summary", "colon_headings", discharge_colon_headings), ("discharge_summary", "form", discharge_form),
    ("admission_record", "inline", admission_inline), ("admission_record", "headings", admission_headings),
    ("admission_record", "brackets", admission_brackets), ("admission_record", "plain", admission_plain),
    ("admission_record", "numbered", admission_numbered), ("admission_record", "form", admission_form),
    ("progress_note", "first", progress_first), ("progress_note", "daily", progress_daily),
    ("progress_note", "inline", progress_inline), ("progress_note", "form", progress_form),
    ("progress_note", "stage", progress_stage), ("progress_note", "pages", progress_pages),
    ("outpatient_record", "headings", outpatient_headings), ("outpatient_record", "inline", outpatient_inline),
    ("outpatient_record", "brackets", outpatient_brackets), ("outpatient_record", "plain", outpatient_plain),
    ("outpatient_record", "form", outpatient_form),
    ("consultation", "headings", consultation_headings), ("consultation", "inline", consultation_inline),
    ("consultation", "brackets", consultation_brackets), ("consultation", "numbered", consultation_numbered),
    ("consultation", "form", consultation_form),
    ("operative_record", "headings", operation_headings), ("operative_record", "inline", operation_inline),
    ("operative_record", "brackets", operation_brackets), ("operative_record", "colon_headings", operation_colon),
    ("operative_record", "form", operation_form),
]
