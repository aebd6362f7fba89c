"""Nursing records: vital signs by the hour, assessments, fluid balance."""
import datetime

from content import draw_case, pick
from layouts.common import Sheet, form_table
from report import Cell, KeyValues, Paragraph, Table

_MEASURES = ["遵医嘱予吸氧，嘱患者卧床休息。", "静脉输液通畅，无渗出，患者无不适主诉。", "协助翻身拍背，皮肤完整。", "指导患者有效咳嗽，饮食宣教。",
             "测血糖记录，告知医生，继续观察。", "患者入睡，呼吸平稳。"]


def _vitals(random):
    return [f"{random.uniform(36.2, 38.6):.1f}", str(int(random.integers(62, 112))), str(int(random.integers(15, 25))),
            f"{int(random.integers(102, 162))}/{int(random.integers(58, 98))}", f"{int(random.integers(91, 100))}"]


def _start(random, masthead, fields, title=None, paper="A4"):
    case, person = draw_case(random)
    sheet = Sheet(random, "nursing_record", person, case.department, paper=paper)
    sheet.masthead(title or sheet.pick("护理记录单", "一般护理记录单", "危重患者护理记录", "护理记录"), masthead)
    sheet.fields(["name", "sex", "age", "department", "bed", "admission_number"], fields)
    return sheet, case, person


def _times(person, count):
    return [person.admitted + datetime.timedelta(hours=3 * i) for i in range(count)]


def hourly(random):
    sheet, _, person = _start(random, None, "grid")
    rows = [["日期时间", "体温(℃)", "脉搏(次/分)", "呼吸(次/分)", "血压(mmHg)", "SpO₂(%)", "病情观察及措施", "签名"]]
    rows += [[f"{t:%m-%d %H:%M}", *_vitals(random), pick(random, _MEASURES), person.nurse] for t in _times(person, 8)]
    sheet.add(Table(rows, "lined", compact=True, widths=[13, 8, 9, 9, 12, 9, 29, 11]))
    return sheet.done()


def landscape(random):
    """Wide paper, a head of two rows."""
    sheet, _, person = _start(random, "two_lines", "flow", paper="A4 landscape")
    head = [[Cell("时间", rowspan=2), Cell("生命体征", colspan=5), Cell("入量(mL)", colspan=2), Cell("出量(mL)", colspan=2), Cell("护理措施", rowspan=2), Cell("签名", rowspan=2)],
            ["T(℃)", "P", "R", "BP(mmHg)", "SpO₂(%)", "项目", "量", "项目", "量"]]
    rows = [[f"{t:%H:%M}", *_vitals(random), pick(random, ["补液", "饮水", "鼻饲"]), str(int(random.integers(5, 50)) * 10), "尿量",
             str(int(random.integers(10, 50)) * 10), pick(random, _MEASURES), person.nurse] for t in _times(person, 7)]
    sheet.add(Table(head + rows, "lined", header_rows=2, compact=True))
    return sheet.done()


def notes(random):
    """Dated notes in words."""
    sheet, case, person = _start(random, "joined", "grid ruled")
    for t in _times(person, 5):
        temperature, pulse, breath, pressure, oxygen = _vitals(random)
        sheet.add(Paragraph(f"T {temperature}℃，P {pulse}次/分，R {breath}次/分，BP {pressure}mmHg，SpO₂ {oxygen}%。{pick(random, _MEASURES)}{pick(random, _MEASURES)}",
                            person.date(t, True) + " "))
        sheet.add(KeyValues([("护士签名", person.nurse)], 1, "line"))
    return sheet.done()


def assessment(random):
    """An admission assessment: a form of many small fields and boxes to tick."""
    sheet, case, person = _start(random, "header", "table", "入院护理评估单")

    def boxes(*options):
        chosen = int(random.integers(len(options)))
        return "  ".join(("☑" if i == chosen else "□") + text for i, text in enumerate(options))
    rows = [["意识状态", boxes("清醒", "嗜睡", "昏迷")], ["入院方式", boxes("步行", "轮椅", "平车")], ["饮食", boxes("普食", "软食", "禁食")],
            ["睡眠", boxes("正常", "入睡困难", "易醒")], ["自理能力评分", f"{int(random.integers(8, 20)) * 5}分"], ["跌倒风险评分", f"{int(random.integers(0, 9)) * 5}分"],
            ["压力性损伤风险评分", f"{int(random.integers(12, 23))}分"], ["过敏史", boxes("无", "有")]]
    sheet.add(Table(rows, "lined", header_rows=0, widths=[26, 74]))
    sheet.section("chief_complaint", case.sections["chief_complaint"], "inline")
    sheet.signature([("责任护士", person.nurse), ("评估时间", person.date(person.admitted, True))])
    return sheet.done()


def balance(random):
    """Fluid balance with sums."""
    sheet, _, person = _start(random, None, "underlined", "24小时出入量护理记录单")
    rows, total = [["时间", "入量项目", "入量(mL)", "出量项目", "出量(mL)"]], [0, 0]
    for t in _times(person, 8):
        taken, given = int(random.integers(5, 50)) * 10, int(random.integers(5, 45)) * 10
        total = [total[0] + taken, total[1] + given]
        rows.append([f"{t:%H:%M}", pick(random, ["补液", "饮水", "进食"]), str(taken), pick(random, ["尿量", "引流液"]), str(given)])
    rows.append([Cell("24小时总计", colspan=2), str(total[0]), "", str(total[1])])
    sheet.add(Table(rows, sheet.pick("lined", "three", "rules")))
    sheet.signature([("记录护士", person.nurse), ("日期", person.date(person.admitted))])
    return sheet.done()


LAYOUTS = [("nursing_record", name, function) for name, function in (
    ("hourly", hourly), ("landscape", landscape), ("notes", notes), ("assessment", assessment), ("balance", balance))]
