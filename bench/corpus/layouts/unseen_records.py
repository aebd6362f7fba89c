"""More layouts kept apart (see unseen.py): records, prescriptions and pictures as wards print them, one look for each.

Drawn from how such sheets are laid out in Chinese hospitals: records in one running block, labels in two languages, forms ruled as
one table, infusions in a bracket, findings by organ, a certificate in sentences.
"""
import datetime

from content import draw_case, pick
from layouts.common import Sheet, form_table
from report import Cell, KeyValues, Paragraph, Table, Title


def one_block(random):
    """An outpatient note whose sections run on in one block, with labels in the middle of lines."""
    case, person = draw_case(random)
    sheet = Sheet(random, "outpatient_record", person, case.department)
    sheet.masthead("门诊病历", sheet.pick("joined", "two_lines"))
    sheet.fields(["name", "sex", "age", "outpatient_number", "department", ("就诊时间", person.date(person.admitted, True))], "flow", 3)
    parts = [("主诉", "chief_complaint"), ("现病史", "history_of_present_illness"), ("既往史", "past_history"), ("查体", "physical_examination")]
    text = ""
    for label, key in parts:
        text += f"{label}：{case.sections[key]} "
        sheet.report.sections[key] = case.sections[key]
    sheet.add(Paragraph(text.strip(), style="flat"))
    shown = case.diagnoses[:2]
    sheet.add(Paragraph("诊断：" + " ".join(f"{i}.{d}" for i, d in enumerate(shown, 1)), style="flat"))
    sheet.remember_diagnoses(shown)
    orders = "；".join(f"{n} {d} {r} {f}" for n, _, d, f, r in case.medications[:2])
    sheet.report.medications += [m[0] for m in case.medications[:2]]
    sheet.add(Paragraph(f"处理：{orders}。不适随诊。", style="flat"))
    sheet.signature([("医师", person.doctor)], "line")
    return sheet.done()


def two_languages(random):
    """An admission record whose labels stand in both languages."""
    case, person = draw_case(random)
    sheet = Sheet(random, "admission_record", person, case.department)
    sheet.masthead("入院记录 Admission Record", "two_lines")
    keys = {"name": "姓名 Name", "sex": "性别 Sex", "age": "年龄 Age", "department": "科室 Dept.", "bed": "床号 Bed No.", "admission_number": "住院号 MRN",
            "admission_date": "入院日期 Admission Date"}
    pairs = []
    for key, label in keys.items():
        pairs.append((label, dict(sheet.pairs([key])).popitem()[1]))
    sheet.add(KeyValues(pairs, 2, sheet.pick("grid", "grid ruled")))
    labels = {"chief_complaint": "主诉（Chief Complaint）", "history_of_present_illness": "现病史（HPI）", "past_history": "既往史（Past History）",
              "personal_history": "个人史（Personal History）", "family_history": "家族史（Family History）", "physical_examination": "体格检查（Physical Examination）",
              "auxiliary_examination": "辅助检查（Investigations）"}
    style = sheet.pick("colon_heading", "inline")
    for key, label in labels.items():
        sheet.section(key, case.sections[key], style, label)
    sheet.diagnoses(case.diagnoses, "admission", style, "初步诊断（Preliminary Diagnosis）")
    sheet.signature([("医师签名 Signature", person.doctor), ("日期 Date", person.date(person.admitted))])
    return sheet.done()


def spaced_brackets(random):
    """Bracketed labels set wide (【主 诉】), sections in short paragraphs."""
    case, person = draw_case(random)
    sheet = Sheet(random, "admission_record", person, case.department)
    sheet.masthead("住院病历", sheet.pick("joined", "header"))
    sheet.fields(["name", "sex", "age", "department", "bed", "admission_number", "admission_date", ("病史陈述者", "患者本人"), ("可靠程度", "可靠")], "grid", 3)
    labels = {"chief_complaint": "主 诉", "history_of_present_illness": "现 病 史", "past_history": "既 往 史", "personal_history": "个 人 史",
              "marital_history": "婚 育 史", "family_history": "家 族 史", "physical_examination": "体 格 检 查", "specialist_examination": "专 科 情 况",
              "auxiliary_examination": "辅 助 检 查"}
    for key, label in labels.items():
        if key in case.sections:
            sheet.section(key, case.sections[key], "bracket", label)
    sheet.diagnoses(case.diagnoses, "admission", "bracket", "初 步 诊 断", "{}.")
    sheet.signature([("住院医师", person.doctor), ("主治医师", person.chief), ("时间", person.date(person.admitted + datetime.timedelta(hours=2), True))], "spread")
    return sheet.done()


def certificate(random):
    """A discharge certificate that says in sentences what others put into fields."""
    case, person = draw_case(random)
    sheet = Sheet(random, "discharge_summary", person, case.department)
    sheet.masthead("出院证明书", sheet.pick("joined", "two_lines"))
    sheet.fields(["admission_number", "department", "bed"], "flow", 3)
    reason = case.sections["chief_complaint"].rstrip("。")
    sheet.add(Paragraph(f"患者{person.name}，{person.sex}，{person.age}，因“{reason}”于{person.date(person.admitted)}入院，"
                        f"{person.date(person.discharged)}出院，住院{(person.discharged - person.admitted).days}天。"))
    sheet.report.patient.update(name=person.name, sex=person.sex, age=person.age)
    sheet.diagnoses(case.diagnoses, "discharge", "plain_inline", "出院诊断", "{}.")
    sheet.section("treatment_course", case.sections["treatment_course"], "plain_inline", "住院经过")
    sheet.section("discharge_condition", case.sections["discharge_condition"], "plain_inline", "出院时情况")
    sheet.section("discharge_orders", case.sections["discharge_orders"], "plain_inline", "出院医嘱")
    sheet.signature([("经治医师", person.doctor), ("日期", person.date(person.discharged))], "line")
    return sheet.done()


def numbered_notes(random):
    """A first note with its four parts numbered in Chinese, then a short round."""
    case, person = draw_case(random)
    sheet = Sheet(random, "progress_note", person, case.department)
    sheet.masthead("首次病程记录", sheet.pick("joined", "two_lines"))
    sheet.fields(["name", "sex", "age", "bed", "admission_number"], "bare", 5)
    sheet.add(Paragraph(person.date(person.admitted + datetime.timedelta(hours=1), True), style="flat"))
    sheet.add(Paragraph(f"患者{person.name}，{person.sex}，{person.age}，因“{case.sections['chief_complaint'].rstrip('。')}”收入我科。"))
    sheet.labelled("病例特点", [case.sections["history_of_present_illness"], case.sections["physical_examination"]], "numbered")
    sheet.report.sections["summary"] = case.sections["history_of_present_illness"] + "\n" + case.sections["physical_examination"]
    sheet.diagnoses(case.diagnoses, "admission", "numbered", "初步诊断", "{}、")
    sheet.labelled("诊断依据", ["根据病史、体征及检查结果，诊断成立。"], "numbered")
    sheet.labelled("鉴别诊断", ["需与同类疾病鉴别，目前依据不足。"], "numbered")
    sheet.labelled("诊疗计划", ["1.完善三大常规、肝肾功能等检查；", "2.对症支持治疗；", "3.请上级医师查房。"], "numbered")
    sheet.signature([("医师签名", person.doctor)], "line")
    return sheet.done()


def nested_form(random):
    """An operative record as one ruled form; surgeons in one row, course in a wide cell."""
    case, person = draw_case(random, "operation")
    operation = case.operation
    sheet = Sheet(random, "operative_record", person, case.department)
    sheet.masthead("手术记录", sheet.pick("joined", "two_lines"))
    pairs = sheet.pairs(["name", "sex", "age", "department", "bed", "admission_number"])
    rows = form_table(pairs, 3).rows
    start = person.admitted + datetime.timedelta(days=1)
    end = start + datetime.timedelta(minutes=int(random.integers(*operation["minutes"])))

    def wide(label, text):
        rows.append([Cell(label), Cell(text, colspan=5)])

    wide("手术时间", f"{person.date(start, True)} 至 {end:%H:%M}")
    wide("术前诊断", operation["before"])
    wide("术后诊断", operation["after"])
    wide("手术名称", operation["name"])
    rows.append([Cell("手术者"), Cell(person.chief), Cell("第一助手"), Cell(person.doctor), Cell("麻醉方式"), Cell(operation["anesthesia"])])
    wide("手术经过", operation["operative_course"])
    sheet.report.sections["operative_course"] = operation["operative_course"]
    wide("术中出血", f"约{int(random.integers(*operation['blood']))}ml")
    wide("标本处理", "送常规病理检查")
    sheet.remember_diagnoses([operation["before"], operation["after"]])
    sheet.add(Table(rows, "lined", header_rows=0, widths=[14, 19, 14, 19, 14, 20]))
    sheet.signature([("手术者签名", person.chief), ("记录时间", person.date(end, True))])
    return sheet.done()


def two_halves(random):
    """A consultation: the request above, the answer below, each with its own people and times."""
    case, person = draw_case(random)
    other = sheet_other = pick(random, ["心血管内科", "内分泌科", "肾内科", "呼吸内科"])
    sheet = Sheet(random, "consultation", person, case.department)
    sheet.masthead("会诊申请单", sheet.pick("joined", "two_lines"))
    sheet.fields(["name", "sex", "age", "bed", "admission_number"], "flow", 4)
    sheet.add(KeyValues([("申请科室", case.department), ("会诊科室", other), ("会诊类别", sheet.pick("普通", "急"))], 3, "flow"))
    sheet.labelled("病情及诊疗经过", [case.sections["admission_condition"] + case.sections["treatment_course"]], "inline")
    sheet.diagnoses(case.diagnoses[:2], "clinical", "inline", "目前诊断", "{}.")
    sheet.labelled("会诊目的", [f"请{sheet_other}协助诊治。"], "inline")
    sheet.signature([("申请医师", person.doctor), ("申请时间", person.date(person.admitted, True))], "spread")
    sheet.report.patient["ordering_doctor"] = person.doctor
    sheet.labelled("会诊意见", ["患者病史已阅，同意目前诊断，建议：1.继续原治疗；2.监测生命体征；3.定期复查，我科随诊。"], "inline")
    sheet.signature([("会诊医师", person.chief), ("会诊时间", person.date(person.admitted + datetime.timedelta(hours=5), True))], "spread")
    return sheet.done()


def infusions(random):
    """A prescription: tablets by line, infusions joined by a bracket, usage under them."""
    case, person = draw_case(random)
    sheet = Sheet(random, "prescription", person, case.department, paper="B5")
    sheet.masthead(sheet.pick("处方笺", "急诊处方"), "joined")
    sheet.fields(["name", "sex", "age", "department", "outpatient_number", ("费别", "医保"), ("日期", person.date(person.admitted))], "underlined", 3)
    sheet.diagnoses(case.diagnoses[:1], "clinical", "plain_inline", "临床诊断")
    sheet.add(Title("Rp:", sheet.level))
    number = 0
    for name, strength, dose, frequency, route in case.medications[:2]:
        number += 1
        sheet.add(Paragraph(f"{number}. {name} {strength} × {int(random.integers(6, 40))}", style="flat"))
        sheet.add(Paragraph(f"Sig: {dose} {frequency} {route}", style="hanging"))
        sheet.report.medications.append(name)
    bag, drug = pick(random, [("0.9%氯化钠注射液 250ml", "注射用头孢曲松钠 2.0g"), ("5%葡萄糖注射液 250ml", "维生素C注射液 2.0g")])
    sheet.add(Paragraph(f"{number + 1}. {bag} ┓", style="flat"), Paragraph(f"{drug} ┛ 静脉滴注 每日1次", style="hanging"))
    sheet.report.medications += [bag.split(" ")[0].split("%")[1], drug.split(" ")[0]]
    sheet.signature([("医师", person.doctor), ("审核药师", person.reviewer), ("金额", f"{random.uniform(20, 300):.2f}元")], "spread")
    return sheet.done()


def standing_orders(random):
    """A sheet of standing orders: care and drugs in one column, start and stop beside them."""
    case, person = draw_case(random)
    sheet = Sheet(random, "prescription", person, case.department)
    sheet.masthead("长期医嘱单", sheet.pick("joined", "two_lines"))
    sheet.fields(["name", "sex", "age", "department", "bed", "admission_number"], "flow", 3)
    start = person.admitted
    rows = [["开始日期", "时间", "医嘱内容", "医师", "停止日期"]]
    for text in ("按内科常规护理", "二级护理", "低盐低脂饮食"):
        rows.append([f"{start:%m-%d}", f"{start:%H:%M}", text, person.doctor, ""])
    for name, _, dose, frequency, route in case.medications:
        rows.append([f"{start:%m-%d}", f"{start:%H:%M}", f"{name} {dose} {route} {frequency}", person.doctor, pick(random, ["", f"{person.discharged:%m-%d}"])])
        sheet.report.medications.append(name)
    sheet.add(Table(rows, sheet.pick("lined", "rules"), widths=[13, 10, 47, 15, 15]))
    return sheet.done()


def by_organ(random):
    """An endoscopy report whose findings stand organ by organ, one line each."""
    case, person = draw_case(random, "endoscopy")
    person.extras = {"reported_at": person.date(person.admitted), "ordering_doctor": person.doctor}
    sheet = Sheet(random, "endoscopy_report", person, case.department)
    sheet.masthead(f"{case.endoscopy['title']}检查报告单", sheet.pick("joined", "two_lines"))
    sheet.fields(["name", "sex", "age", "department", "outpatient_number", "ordering_doctor", ("检查号", f"W{int(random.integers(10000, 99999))}")], "grid", 3)
    lines = [part + "。" for part in case.endoscopy["findings"].split("。") if part]
    sheet.section("imaging_findings", "\n".join(lines), "colon_heading", "镜下所见")
    sheet.section("impression", case.endoscopy["impression"], "colon_heading", "内镜诊断")
    sheet.labelled("活检", ["（+）"], "inline")
    sheet.labelled("建议", ["清淡饮食，等待病理结果，消化科门诊随诊。"], "inline")
    sheet.signature([("检查医师", person.chief), *sheet.pairs(["reported_at"], clock=False)], "spread")
    return sheet.done()


def stains(random):
    """A pathology report with numbered diagnoses, stains as a list and a note on the lymph nodes."""
    case, person = draw_case(random, "pathology")
    person.extras = {"reported_at": person.date(person.admitted + datetime.timedelta(days=5)), "received_at": person.date(person.admitted), "reviewer": person.reviewer}
    sheet = Sheet(random, "pathology_report", person, case.department)
    sheet.masthead("病理诊断报告书", sheet.pick("joined", "two_lines"))
    sheet.fields(["name", "sex", "age", "department", "bed", "admission_number", ("病理号", f"{person.admitted:%Y}-{int(random.integers(1000, 9999))}"), "received_at",
                  ("送检材料", case.pathology["site"])], "table", 3, clock=False)
    sheet.labelled("大体所见", [case.pathology["gross"]], "bracket_heading")
    sheet.section("pathology_findings", case.pathology["micro"], "bracket_heading", "镜下所见")
    stain = "、".join(f"{name}（{pick(random, ['+', '-', '++', '部分+'])}）" for name in ("CK7", "CK20", "CDX-2", "Villin", "P53")) + f"、Ki-67（约{int(random.integers(1, 9)) * 10}%+）"
    sheet.labelled("免疫组化", [stain + "。"], "bracket_heading")
    sheet.report.accepted["sections.pathology_findings"] = case.pathology["gross"] + case.pathology["micro"] + stain + "。"
    second = pick(random, ["（切缘）未见病变累及", "（淋巴结）反应性增生0/3"])
    sheet.diagnoses([case.pathology["diagnosis"], second], "pathology", "bracket_heading", "病理诊断", "{}.")
    sheet.signature([("诊断医师", person.doctor), *sheet.pairs(["reviewer", "reported_at"], clock=False)], "spread")
    return sheet.done()


def sugar_sheet(random):
    """A nursing sheet of blood sugars by time of day, then a chart of signs; nothing of it is a laboratory report."""
    case, person = draw_case(random, key="diabetes")
    sheet = Sheet(random, "nursing_record", person, case.department)
    sheet.masthead("血糖监测护理记录单", sheet.pick("joined", "two_lines"))
    sheet.fields(["name", "sex", "age", "ward", "bed", "admission_number", ("诊断", case.diagnoses[0])], "flow", 4)
    sheet.remember_diagnoses(case.diagnoses[:1])
    rows = [["日期", "空腹", "早餐后2h", "午餐前", "午餐后2h", "晚餐前", "晚餐后2h", "睡前", "签名"]]
    for day in range(5):
        rows.append([f"{person.admitted + datetime.timedelta(days=day):%m-%d}", *(f"{random.uniform(5, 14):.1f}" for _ in range(7)), person.nurse])
    sheet.add(Table(rows, "lined"), Paragraph("单位：mmol/L", style="flat small"))
    return sheet.done()


def ultrasound(random):
    """An ultrasound report: measured values between the fields and the text, labels at the left edge."""
    case, person = draw_case(random)
    person.extras = {"reported_at": person.date(person.admitted, True), "ordering_doctor": person.doctor}
    sheet = Sheet(random, "imaging_report", person, case.department)
    sheet.masthead("彩色多普勒超声检查报告单", sheet.pick("joined", "two_lines"))
    sheet.fields(["name", "sex", "age", "department", "bed", "admission_number", "ordering_doctor", ("检查部位", case.imaging["part"])], "bare", 4)
    sheet.section("imaging_findings", case.imaging["findings"], sheet.pick("plain_inline", "colon_heading"), "超声描述")
    sheet.section("impression", case.imaging["impression"], "colon_heading", "超声提示")
    sheet.add(KeyValues([("检查医师", person.chief), ("记录者", person.nurse), *sheet.pairs(["reported_at"])], 3, "spread"))
    sheet.add(Paragraph("此报告仅供临床医师参考，签字后有效。", style="flat small"))
    return sheet.done()


LAYOUTS = [("outpatient_record", "one_block", one_block), ("admission_record", "two_languages", two_languages), ("admission_record", "spaced_brackets", spaced_brackets),
           ("discharge_summary", "certificate", certificate), ("progress_note", "numbered_notes", numbered_notes), ("operative_record", "nested_form", nested_form),
           ("consultation", "two_halves", two_halves), ("prescription", "infusions", infusions), ("prescription", "standing_orders", standing_orders),
           ("endoscopy_report", "by_organ", by_organ), ("pathology_report", "stains", stains), ("nursing_record", "sugar_sheet", sugar_sheet),
           ("imaging_report", "ultrasound", ultrasound)]
