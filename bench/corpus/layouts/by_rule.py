"""Sheets that every hospital prints by rule: the front page of a record, prescriptions of herbs, allergens, slips of the emergency laboratory.

They come behind all other layouts of the plan, so that the contents of those stay what they are.
"""
from content import draw_case, draw_lab_style, draw_labs, draw_person, flag_text, lab_truth, pick
from layouts.common import Sheet
from report import Cell, KeyValues, Paragraph, Table

_CODES = ["I20.000", "I10.x05", "E78.500", "K76.800", "J18.900", "E11.900", "N18.900x002", "I63.902", "K80.101", "J44.100"]
_HERBS = ["黄芪", "党参", "炒白术", "茯神", "当归", "炒酸枣仁", "远志", "木香", "龙眼肉", "炙甘草", "柴胡", "白芍", "法半夏", "陈皮", "枳实", "竹茹", "生地黄",
          "麦冬", "五味子", "丹参", "川芎", "红花", "桃仁", "茯苓", "泽泻", "山药", "山萸肉", "牡丹皮", "杜仲", "续断"]
_TREATMENTS = ["先煎", "后下", "包煎", "捣"]
_ALLERGENS = ["屋尘螨(d1)", "粉尘螨(d2)", "猫毛皮屑(e1)", "狗毛皮屑(e5)", "艾蒿(w6)", "豚草(w1)", "鸡蛋白(f1)", "牛奶(f2)", "小麦(f4)", "花生(f13)", "蟹(f23)",
              "虾(f24)", "大豆(f14)", "蟑螂(i6)", "交链孢霉(m6)"]


def front_page(random):
    """A frame of rows with several fields each, none with a colon; then the diagnoses with their codes, two to a row."""
    case, person = draw_case(random)
    sheet = Sheet(random, "discharge_summary", person, case.department)
    sheet.masthead(pick(random, ["住院病案首页", "住院病案首页", "中医住院病案首页"]), "two_lines")
    sheet.report.patient.update({key: getattr(person, key) for key in ("name", "age", "id_number", "phone", "address")})
    sheet.report.patient.update(sex=person.sex, admission_number=person.admission_number, department=case.department)
    admitted, discharged = (day.strftime("%Y年%m月%d日%H时") for day in (person.admitted, person.discharged))
    sheet.report.patient.update(birth_date=person.birth.strftime("%Y年%m月%d日"), admission_date=admitted, discharge_date=discharged)
    sheet.add(KeyValues([("医疗付费方式", pick(random, ["1", "2", "7"])), ("病案号", person.admission_number)], 2, "grid"))
    number = {"男": "1", "女": "2"}[person.sex]
    rows = [f"姓名 {person.name}　性别 {number} 1.男 2.女　出生日期 {person.birth.strftime('%Y年%m月%d日')}　年龄 {person.age}　国籍 中国",
            f"身份证号 {person.id_number}　职业 {pick(random, ['退休', '职员', '工人'])}　婚姻 2 1.未婚 2.已婚 3.丧偶 4.离婚 9.其他",
            f"现住址 {person.address}　电话 {person.phone}　邮编 {int(random.integers(100000, 900000))}",
            f"联系人姓名 {person.nurse}　关系 配偶　地址 同上　电话 139{int(random.integers(10**7, 10**8))}",
            f"入院时间 {admitted}　入院科别 {case.department}", f"出院时间 {discharged}　出院科别 {case.department}　实际住院 {(person.discharged - person.admitted).days} 天"]
    body = [[Cell(row, colspan=6)] for row in rows]
    head = ["出院诊断", pick(random, ["疾病编码", "ICD-10编码"]), "入院病情"]
    body.append(head + head)
    listed = list(case.diagnoses[:6])
    codes = [_CODES[int(k)] for k in random.permutation(len(_CODES))]
    labels = pick(random, [("主要诊断：", "其他诊断："), ("", "")])
    cells = [[labels[0 if i == 0 else 1] + text, codes[i], pick(random, ["1", "1", "2", "3"])] for i, text in enumerate(listed)]
    if len(cells) % 2:
        cells.append(["", "", ""])
    body += [cells[i] + cells[i + 1] for i in range(0, len(cells), 2)]
    sheet.remember_diagnoses(listed)
    sheet.add(Table(body, "lined", header_rows=0))
    sheet.signature([("主治医师", person.chief), ("住院医师", person.doctor), ("编码员", person.tester)])
    return sheet.done()


def herbs(random):
    """A decoction: herbs with their weights, three or four to a row, one line of usage below."""
    case, person = draw_case(random)
    sheet = Sheet(random, "prescription", person, pick(random, ["中医内科", "中医科", "针灸科"]))
    sheet.masthead(pick(random, ["中药饮片处方笺", "中药处方笺", "中草药处方"]), sheet.pick("two_lines", "joined"))
    sheet.fields(["name", "sex", "age", "department", "outpatient_number", ("开具日期", person.date(person.admitted))], sheet.pick("grid", "flow"), columns=3)
    sheet.diagnoses([pick(random, ["不寐病", "胃痞病", "眩晕病", "咳嗽病"])], "clinical", "inline", label="临床诊断")
    sheet.add(Paragraph(sheet.pick("Rp：", "Rp."), style="flat"))
    columns = int(random.integers(3, 5))
    chosen = [_HERBS[int(k)] for k in random.permutation(len(_HERBS))[:columns * int(random.integers(2, 5))]]

    def entry(name):
        treatment = f"（{pick(random, _TREATMENTS)}）" if random.random() < 0.15 else ""
        return f"{name} {pick(random, [3, 6, 9, 10, 12, 15, 20, 30])}g{treatment}"

    entries = [entry(name) for name in chosen]
    sheet.add(Table([entries[i:i + columns] for i in range(0, len(entries), columns)], "open", header_rows=0))
    sheet.report.medications += chosen
    sheet.add(Paragraph(f"共 {int(random.integers(3, 15))} 剂，水煎服，每日1剂，早晚分服。", style="flat"))
    sheet.signature([("医师", person.doctor), ("审核", person.reviewer), ("调配", person.tester), ("核对、发药", person.nurse)], "spread")
    return sheet.done()


def allergens(random):
    """Concentrations of antibodies with their class, and in words what they say."""
    person = draw_person(random, ages=(5, 60))
    sheet = Sheet(random, "lab_report", person, "皮肤科")
    sheet.report.lab_results = []
    sheet.masthead("过敏原特异性IgE抗体检测报告", sheet.pick("two_lines", "joined"))
    sheet.fields(["name", "sex", "age", "outpatient_number", ("标本", "血清"), ("采样时间", person.date(person.admitted, True))], "grid", columns=3)
    rows = [["序号", "过敏原", "浓度(IU/mL)", pick(random, ["级别", "分级"]), "结果判断"]]
    for number, allergen in enumerate([_ALLERGENS[int(k)] for k in random.permutation(len(_ALLERGENS))[:9]], 1):
        value = "＜0.10" if random.random() < 0.2 else f"{random.uniform(0.1, 0.34) if random.random() < 0.5 else random.uniform(0.36, 90):.2f}"
        amount = 0.05 if value[0] == "＜" else float(value)
        grade = sum(amount >= limit for limit in (0.35, 0.70, 3.50, 17.50, 50.00, 100.00))
        rows.append([str(number), allergen, value, str(grade), "阳性" if grade else "阴性"])
        sheet.report.lab_results.append({"name": allergen, "code": allergen[allergen.index("(") + 1:-1], "value": value, "unit": "IU/mL", "reference_range": "", "flag": "A" if grade else ""})
    sheet.add(Table(rows, sheet.pick("lined", "three", "rules")))
    sheet.add(Paragraph("分级标准：0级＜0.35；1级0.35～0.69；2级0.70～3.49；3级3.50～17.49；4级17.50～49.99；5级50.00～99.99；6级≥100", style="flat small"))
    sheet.signature([("检验者", person.tester), ("审核者", person.reviewer)])
    return sheet.done()


def emergency_slip(random):
    """Labels of one word: 采样, 接收, 报告, 检验, 审核."""
    case, person = draw_case(random)
    sheet = Sheet(random, "lab_report", person, case.department)
    sheet.report.lab_results = []
    sheet.masthead("检验报告单（急诊）", "two_lines")
    sheet.fields(["name", "sex", "age", ("条码", f"{int(random.integers(10**6, 10**7))}"), ("标本状态", "合格")], sheet.pick("flow", "grid"), columns=3)
    flags = sheet.pick("letter", "arrow")
    rows = draw_labs(random, pick(random, [["cardiac", "coagulation"], ["electrolyte", "kidney"]]), draw_lab_style(random), 0.5, int(random.integers(6, 10)))
    sheet.report.lab_results += [lab_truth(row, flags) for row in rows]
    body = [[str(i), row.name, row.code, row.value, flag_text(row.state, flags), row.range, row.unit] for i, row in enumerate(rows, 1)]
    sheet.add(Table([["No", "项目", "英文", "结果", "", "参考区间", "单位"]] + body, sheet.pick("three", "rules", "lined")))
    times = {"collected_at": person.date(person.admitted, True), "received_at": person.date(person.admitted, True), "reported_at": person.date(person.discharged, True)}
    sheet.report.patient.update(times, examiner=person.tester, reviewer=person.reviewer)
    sheet.add(KeyValues([("采样", times["collected_at"]), ("接收", times["received_at"]), ("报告", times["reported_at"]), ("检验", person.tester), ("审核", person.reviewer)], 3, "grid"))
    return sheet.done()


LAYOUTS = [("discharge_summary", "front_page", front_page), ("prescription", "herbs", herbs), ("lab_report", "allergens", allergens),
           ("lab_report", "emergency_slip", emergency_slip)]
