"""What the reports say: invented people, hospitals, clinical cases and lab results, drawn from a generator.

Nobody here exists: names are drawn from syllables, telephone numbers from a range that is not handed out, ID numbers
carry a right checksum over a region code that is not assigned.
"""
import csv
import datetime
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

_DATA = Path(__file__).resolve().parent / "data"
CASES = json.loads((_DATA / "cases.json").read_text(encoding="utf-8"))


def pick(random, options):
    return options[int(random.integers(len(options)))]


def expand(random, template):
    """{a|b} picks one, <3-9> and <1.2-3.4> draw a number with the decimals shown."""
    text = re.sub(r"\{([^{}]*)\}", lambda m: pick(random, m.group(1).split("|")), template)

    def number(match):
        low, high = match.group(1), match.group(2)
        decimals = max(len(x.partition(".")[2]) for x in (low, high))
        return f"{random.uniform(float(low), float(high)):.{decimals}f}"
    return re.sub(r"<(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)>", number, text)


_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_DOUBLE_SURNAMES = ["欧阳", "上官", "司马", "诸葛", "皇甫"]
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲红建国华志海燕云峰宇婷雪梅浩然子轩欣怡梓涵嘉俊博思远雨晨佳琪德福春生永康宝珍玉凤淑贞长根"
_PLACES = ["青松县", "平川市", "望河市", "南屏区", "云岭县", "海棠市", "白杨市", "石桥县", "长亭市", "翠湖区", "松坪县", "双河市", "锦溪市", "临泽湾区", "北岭市"]
_KINDS = ["人民医院", "第一人民医院", "中心医院", "中医院", "第三医院", "妇幼保健院", "中西医结合医院", "第二人民医院"]
_UNIVERSITIES = ["东湖大学附属第一医院", "江北医科大学附属医院", "南屏医学院第二附属医院", "锦溪大学医学院附属协同医院", "北岭医药大学总医院"]
_STREETS = ["建设路", "解放大道", "文化街", "滨河路", "青年路", "梧桐巷", "朝阳街", "桃源路"]
_WARDS = ["一病区", "二病区", "三病区", "东区", "西区", "5楼", "8楼"]


def chinese_name(random, sex=None):
    surname = pick(random, _DOUBLE_SURNAMES) if random.random() < 0.03 else pick(random, _SURNAMES)
    return surname + "".join(pick(random, _GIVEN) for _ in range(1 if random.random() < 0.3 else 2))


def english_name(random):
    return (pick(random, ["Marlow", "Hastings", "Delaney", "Okafor", "Lindqvist", "Prescott", "Alvaro", "Whitfield"]) + ", "
            + pick(random, ["Ann", "Peter", "Maria", "George", "Helen", "Samuel", "Ruth", "Victor"]))


def hospital_name(random):
    return pick(random, _UNIVERSITIES) if random.random() < 0.35 else pick(random, _PLACES) + pick(random, _KINDS)


def id_number(random, birth, sex):
    """18 characters with the checksum of GB 11643 over a region code nobody has."""
    digits = f"{pick(random, ['420199', '330299', '510899', '370699'])}{birth:%Y%m%d}{int(random.integers(0, 99)):02d}"
    digits += str(int(random.integers(0, 5)) * 2 + (1 if sex == "男" else 0))
    total = sum(int(d) * w for d, w in zip(digits, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)))
    return digits + "10X98765432"[total % 11]


@dataclass
class Person:
    """A patient and one stay. Dates are datetime; everything else is as printed."""
    name: str
    sex: str
    years: int
    age: str
    birth: datetime.date
    id_number: str
    phone: str
    address: str
    admission_number: str
    outpatient_number: str
    ward: str
    bed: str
    admitted: datetime.datetime
    discharged: datetime.datetime
    hospital: str
    doctor: str
    chief: str
    nurse: str
    tester: str
    reviewer: str
    date_style: str = "-"
    extras: dict = field(default_factory=dict)

    def date(self, when, clock=False):
        """A date as this hospital prints it."""
        text = {"-": f"{when:%Y-%m-%d}", "/": f"{when:%Y/%m/%d}", ".": f"{when:%Y.%m.%d}",
                "年": f"{when.year}年{when.month:02d}月{when.day:02d}日"}[self.date_style]
        return text + (f" {when:%H:%M}" if clock else "")


def draw_person(random, ages=(20, 80), female_only=False):
    years = int(random.integers(ages[0], ages[1] + 1))
    sex = "女" if female_only or random.random() < 0.5 else "男"
    admitted = datetime.datetime(2021, 1, 1) + datetime.timedelta(
        days=int(random.integers(0, 1500)), minutes=int(random.integers(7 * 60, 20 * 60)))
    birth = datetime.date(admitted.year - years, int(random.integers(1, 13)), int(random.integers(1, 29)))
    style = pick(random, ["ZY{:07d}", "{:010d}", "{:08d}", "B{:06d}", "{:06d}"])
    return Person(
        name=chinese_name(random), sex=sex, years=years, age=f"{years}岁" if random.random() < 0.85 else f"{years} 岁",
        birth=birth, id_number=id_number(random, birth, sex),
        phone=f"1{pick(random, ['38', '59', '77', '86'])}0000{int(random.integers(0, 10000)):04d}",
        address=f"{pick(random, _PLACES)}{pick(random, _STREETS)}{int(random.integers(1, 300))}号{int(random.integers(1, 20))}栋{int(random.integers(101, 2500))}室",
        admission_number=style.format(int(random.integers(1000, 999999))),
        outpatient_number=pick(random, ["MZ{:08d}", "{:09d}", "M{:07d}"]).format(int(random.integers(10000, 9999999))),
        ward=pick(random, _WARDS), bed=pick(random, ["{}床", "{:02d}", "+{}床", "{}"]).format(int(random.integers(1, 60))),
        admitted=admitted, discharged=admitted + datetime.timedelta(days=int(random.integers(4, 18)), hours=2),
        hospital=hospital_name(random), doctor=chinese_name(random), chief=chinese_name(random),
        nurse=chinese_name(random), tester=chinese_name(random), reviewer=chinese_name(random),
        date_style=pick(random, ["-", "-", "-", "/", ".", "年"]))


def identifiers(person, text):
    """What a de-identified copy must not hold any more, as far as it occurs in the printed `text`."""
    kinds = {"name": person.name, "id_number": person.id_number, "phone": person.phone, "address": person.address,
             "admission_number": person.admission_number, "outpatient_number": person.outpatient_number,
             "hospital": person.hospital, "doctor": person.doctor, "chief": person.chief, "nurse": person.nurse,
             "tester": person.tester, "reviewer": person.reviewer}
    return [{"kind": kind, "text": value} for kind, value in kinds.items() if value and value in text]


SECTION_KEYS = ("chief_complaint", "history_of_present_illness", "past_history", "personal_history", "marital_history",
                "menstrual_history", "family_history", "physical_examination", "specialist_examination",
                "auxiliary_examination", "admission_condition", "treatment_course", "discharge_condition",
                "discharge_orders")


@dataclass
class Case:
    """One clinical story with its slots filled."""
    key: str
    department: str
    sections: dict
    diagnoses: list
    medications: list
    panels: list
    imaging: dict
    operation: dict | None
    pathology: dict | None
    endoscopy: dict | None


def draw_case(random, need=None, key=None):
    """A case and its patient; `need` (operation, pathology, endoscopy) or the case's `key` limit the choice."""
    raw = pick(random, [c for c in CASES if (need is None or need in c) and (key is None or key == c["key"])])
    person = draw_person(random, tuple(raw["age"]))
    sections = {k: expand(random, raw[k]) for k in SECTION_KEYS if k in raw}
    if person.sex == "男":
        sections.pop("menstrual_history", None)

    def filled(key):
        return {k: expand(random, v) if isinstance(v, str) else v for k, v in raw[key].items()} if key in raw else None
    return Case(raw["key"], raw["department"], sections, [expand(random, d) for d in raw["diagnoses"]],
                raw["medications"], raw["panels"], filled("imaging"), filled("operation"), filled("pathology"),
                filled("endoscopy")), person


@dataclass
class LabRow:
    """One result as printed, without its flag; `state` is -1 low, 0 usual, 1 high or abnormal."""
    name: str
    english: str
    code: str
    value: str
    unit: str
    range: str
    state: int
    panel: str


def _read(name):
    with open(_DATA / name, encoding="utf-8") as lines:
        return [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row and not row[0].startswith("#")]


_NUMERIC, _QUALITATIVE = _read("lab_items.tsv"), _read("qualitative_items.tsv")
PANEL_TITLES = {"cbc": "血常规", "inflammation": "炎症指标", "liver": "肝功能", "kidney": "肾功能", "electrolyte": "电解质",
                "metabolic": "糖脂代谢", "cardiac": "心肌标志物", "coagulation": "凝血功能", "thyroid": "甲状腺功能",
                "tumour": "肿瘤标志物", "bloodgas": "血气分析", "immunology": "免疫全套", "urine": "尿常规",
                "stool": "粪便常规", "hepatitis": "感染标志物"}
SPECIMENS = {"urine": "尿液", "stool": "粪便", "bloodgas": "动脉血", "cbc": "静脉全血", "coagulation": "血浆"}


def _range_text(low, high, dash):
    between, (below, above) = dash
    if low == "":
        return below + high
    return above + low if high == "" else f"{low}{between}{high}"


@dataclass
class LabStyle:
    """How one laboratory prints: which of an item's names, range dash, comparison signs, unit spelling."""
    alias: bool
    dash: tuple
    raised_unit: str


def draw_lab_style(random):
    dash = pick(random, ["-", "-", "-", "～", "~", "--", " - ", "—"])
    signs = pick(random, [("<", ">"), ("<", ">"), ("≤", "≥"), ("＜", "＞")])
    return LabStyle(random.random() < 0.4, (dash, signs), pick(random, ["×10⁹/L"] * 5 + ["10⁹/L", "10⁹/L", "×10^9/L"]))


def draw_labs(random, panels, style, abnormal=0.3, count=None):
    """Results of the panels, in the order of the item lists; `count` takes that many at most."""
    rows = []
    for panel in panels:
        for item in (r for r in _NUMERIC if r[0] == panel):
            rows.append(_numeric_result(random, item, style, abnormal))
        for item in (r for r in _QUALITATIVE if r[0] == panel):
            rows.append(_qualitative_result(random, item, style, abnormal * 0.7))
    if count is not None and len(rows) > count:
        keep = sorted(random.permutation(len(rows))[:count].tolist())
        rows = [rows[i] for i in keep]
    return rows


def _numeric_result(random, item, style, abnormal):
    panel, name, other, english, code, unit, low, high, decimals = item
    decimals = int(decimals)
    bottom = float(low) if low else 0.0 if high else 0.0
    top = float(high) if high else float(low) * 1.3
    state = 0
    value = random.uniform(bottom + (top - bottom) * 0.08, top - (top - bottom) * 0.08)
    if random.random() < abnormal:
        step = 10.0 ** -decimals
        if (random.random() < 0.6 or not low or float(low) <= 0) and high:
            reach = (top - bottom) * random.uniform(0.1, 0.9) if bottom > top * 0.4 else top * random.uniform(0.05, 1.6)
            value, state = max(top + reach, top + step), 1
            if code in ("pH",):
                value = top + random.uniform(0.02, 0.15)
            if code in ("SG", "SaO₂"):
                value, state = random.uniform(bottom, top), 0
        elif low and float(low) > 0:
            value, state = min(bottom * random.uniform(0.6, 0.97), bottom - step), -1
            if code == "pH":
                value = bottom - random.uniform(0.02, 0.2)
            if code == "SG":
                value, state = bottom, 0
    printed = f"{value:.{decimals}f}"
    number = float(printed)  # the printed value decides, not the drawn one
    if low and high:
        state = -1 if number < float(low) else 1 if number > float(high) else 0
    elif high:
        state = 1 if number >= float(high) else 0
    else:
        state = -1 if number <= float(low) else 0
    if state == 0 and high and not low and random.random() < 0.08:
        printed = "<" + f"{float(high) * 0.1:.{decimals}f}" if float(high) * 0.1 >= 10.0 ** -decimals else printed
    unit = unit.replace("×10⁹/L", style.raised_unit).replace("×10¹²/L", style.raised_unit.replace("⁹", "¹²").replace("^9", "^12"))
    return LabRow(other if style.alias else name, english, code, printed, unit,
                  _range_text(low, high, style.dash), state, panel)


def _qualitative_result(random, item, style, abnormal):
    panel, name, other, english, code, unit, reference, usual, unusual = item
    state = 1 if random.random() < abnormal else 0
    value = pick(random, (unusual if state else usual).split("|"))
    return LabRow(other if style.alias else name, english, code, value, unit, reference, state, panel)


def flag_text(state, style):
    """The printed mark; `style` is arrow, letter, word or star."""
    return {"arrow": {1: "↑", -1: "↓"}, "letter": {1: "H", -1: "L"}, "word": {1: "偏高", -1: "偏低"},
            "star": {1: "*", -1: "*"}}[style].get(state, "")


def flag_meaning(state, style):
    """What lab_results[].flag must say for the printed mark."""
    if state == 0:
        return ""
    return "A" if style == "star" else "H" if state > 0 else "L"


def lab_truth(row, style, name=None, code=True):
    """One row of lab_results; `name` is the cell as printed where it differs from the item's name."""
    truth = {"name": name or row.name, "value": row.value, "unit": row.unit, "reference_range": row.range,
             "flag": flag_meaning(row.state, style)}
    if code:
        truth["code"] = row.code
    return truth
