"""What is none of the report types: articles in two columns, formula sheets, consent, certificates, fee lists."""
import pictures
from content import chinese_name, draw_case, draw_person, expand, pick
from formulas import clinical_formulas
from layouts.common import Sheet
from report import Columns, Figure, KeyValues, Paragraph, Report, Table, Title

_ARTICLES = [
    ("老年慢性心力衰竭患者容量管理的临床观察", [
        ("资料与方法", "选取<80-160>例慢性心力衰竭患者，随机分为观察组与对照组，观察组每日记录体重、出入量并据此调整利尿剂剂量，对照组给予常规治疗。两组年龄、性别及基线NT-proBNP水平差异无统计学意义（P＞0.05）。"),
        ("结果", "治疗<4-12>周后，观察组6分钟步行距离较对照组增加<28-64>m，再住院率降低<8-19>%（95%CI：<2.1-4.8>%～<20-28>%），差异有统计学意义（P＜0.01）。"),
        ("讨论", "容量超负荷是心力衰竭反复住院的主要原因。动态体重监测简单易行，β受体阻滞剂与利尿剂联合应用可改善预后，但需警惕低钾血症及肾功能恶化。")]),
    ("基层医院急性脑卒中绿色通道建设实践", [
        ("背景", "急性缺血性脑卒中的静脉溶栓时间窗为4.5h，每延误1min约有190万个神经元死亡，缩短入院至溶栓时间（DNT）是改善预后的关键。"),
        ("流程改进", "建立分诊护士首问、影像科优先、检验科快速回报三项制度，床旁血糖与凝血功能并行检测，溶栓药物前移至急诊抢救室。"),
        ("效果", "实施<6-18>个月后，DNT中位数由<70-88>min降至<38-52>min，溶栓率由<3-6>%升至<11-17>%，症状性颅内出血发生率为<1-3>%，未见明显增加。")]),
    ("糖化血红蛋白不同检测方法的一致性分析", [
        ("材料", "收集临床EDTA-K₂抗凝全血<120-240>份，HbA1c浓度范围4.2%～14.8%，分别采用高效液相色谱法与免疫比浊法检测。"),
        ("统计学处理", "采用Bland-Altman法评价一致性，以相对偏倚＜6%为可接受标准，并计算相关系数r²。"),
        ("结论", "两种方法相关性良好（r²=0.98<1-9>），平均偏倚为<0.1-0.3>%，可满足临床需要；HbF升高的标本建议采用色谱法复核。")]),
]


def _article(random, table_style, figure, columns=True):
    title, parts = pick(random, _ARTICLES)
    report = Report("other", [], header=pick(random, ["临床实践与研究 2023年第5卷第3期", "基层医学论丛 2024年第2期", None]), footer=pick(random, ["- {page} -", "{page}"]))
    report.blocks += [Title(title, 1), Paragraph(f"{chinese_name(random)}  {chinese_name(random)}", style="center"),
                      Paragraph(expand(random, parts[0][1]), "摘要："), Paragraph("临床观察；质量改进；预后", "关键词：")]
    body = []
    numbering = pick(random, ["{} {}", "{}. {}", "{}、{}"])
    figures = "一二三四五"
    for i, (heading, text) in enumerate(parts, 1):
        body.append(Title(numbering.format(figures[i - 1] if numbering == "{}、{}" else i, heading), 2))
        body.append(Paragraph(expand(random, text)))
        body.append(Paragraph(expand(random, pick(random, [
            "上述结果与既往多中心研究基本一致，但本研究样本量有限，随访时间较短，仍需进一步验证。", "所有患者均签署知情同意书，研究方案经医院伦理委员会批准。",
            "统计分析采用双侧检验，计量资料以均数±标准差表示，组间比较采用t检验，计数资料采用χ²检验。"]))))
        if i == 2:
            rows = [["组别", "例数", "有效率(%)", "P值"], ["观察组", str(int(random.integers(40, 90))), f"{random.uniform(82, 96):.1f}", "0.012"],
                    ["对照组", str(int(random.integers(40, 90))), f"{random.uniform(62, 80):.1f}", ""]]
            body.append(Table(rows, table_style, caption="表1 两组疗效比较"))
        if i == 3 and figure:
            chart = pictures.bar_chart_svg(random, 300, 170) if figure == "bars" else pictures.line_chart_svg(random, 300, 170)
            body.append(Figure(chart, "图1 两组主要指标变化"))
    report.blocks.append(Columns(body, random.random() < 0.3)) if columns else report.blocks.extend(body)
    return report


def article_two_columns(random):
    return _article(random, "three", "bars")


def article_lines(random):
    return _article(random, pick(random, ["three", "lined"]), "lines")


def article_one_column(random):
    return _article(random, "three", "bars", columns=False)


def formula_sheet(random):
    report = Report("other", [Title(pick(random, ["临床常用计算公式", "常用医学公式汇编", "检验与临床计算公式"]), 1)], footer=pick(random, [None, "第 {page} 页"]))
    numbering = pick(random, ["{1}", "{0}. {1}", "{0} {1}"])
    for i, (name, formula) in enumerate(clinical_formulas(random)[:5], 1):
        report.blocks += [Title(numbering.format(i, name), 2), Paragraph(pick(random, [f"{name}按下式计算：", "计算公式如下："])), formula]
    return report


def consent(random):
    case, person = draw_case(random, "operation")
    sheet = Sheet(random, "other", person, case.department)
    sheet.masthead(pick(random, ["手术知情同意书", "麻醉知情同意书", "输血治疗知情同意书"]), None)
    sheet.fields(["name", "sex", "age", "department", "bed", "admission_number"], None)
    sheet.add(Paragraph(f"患者因“{case.diagnoses[0]}”拟行{case.operation['name']}，现将可能发生的风险告知如下："))
    for i, text in enumerate(("麻醉意外，药物过敏，严重者可危及生命；", "术中、术后出血，必要时输血或再次手术；", "切口感染、愈合延迟；", "其他难以预料的情况。"), 1):
        sheet.add(Paragraph(f"{i}. {text}"))
    sheet.add(Paragraph("本人已了解上述内容，同意接受治疗并承担相应风险。"))
    sheet.signature([("患者或家属签名", "________"), ("医师签名", person.doctor)], "spread")
    return sheet.done()


def certificate(random):
    case, person = draw_case(random)
    sheet = Sheet(random, "other", person, case.department, paper=pick(random, ["A5 landscape", "A4"]))
    sheet.masthead(pick(random, ["疾病诊断证明书", "诊断证明书"]), pick(random, ["joined", "two_lines"]))
    sheet.fields(["name", "sex", "age", "department", "id_number"], pick(random, ["grid", "underlined"]), columns=2)
    sheet.labelled("诊断", ["；".join(case.diagnoses[:2])], "inline")
    sheet.remember_diagnoses(case.diagnoses[:2])
    sheet.labelled("建议", [f"休息{pick(random, ['一', '两', '四'])}周，门诊复查。"], "inline")
    sheet.signature([("医师", person.doctor), ("日期", person.date(person.admitted))])
    return sheet.done()


def fee_list(random):
    person = draw_person(random)
    sheet = Sheet(random, "other", person, "")
    sheet.masthead(pick(random, ["住院费用清单", "住院患者费用明细清单"]), None)
    sheet.fields(["name", "admission_number"], "grid", columns=3)
    rows, total = [["费用类别", "项目", "单价", "数量", "金额(元)"]], 0.0
    for kind, item, low, high in (("床位费", "普通病房床位费", 35, 80), ("检查费", "彩色多普勒超声", 90, 160), ("化验费", "血常规（五分类）", 18, 30),
                                  ("西药费", "头孢曲松钠", 12, 45), ("材料费", "一次性输液器", 2, 6), ("护理费", "二级护理", 12, 24)):
        price, count = round(random.uniform(low, high), 2), int(random.integers(1, 12))
        total += price * count
        rows.append([kind, item, f"{price:.2f}", str(count), f"{price * count:.2f}"])
    rows.append(["合计", "", "", "", f"{total:.2f}"])
    sheet.add(Table(rows, sheet.pick("lined", "three", "none")))
    return sheet.done()


LAYOUTS = [("other", name, function) for name, function in (
    ("article_bars", article_two_columns), ("article_curves", article_lines), ("article_one_column", article_one_column),
    ("formula_sheet", formula_sheet), ("consent", consent), ("certificate", certificate), ("fee_list", fee_list))]
