"""Pieces most reports share: masthead, patient fields, sections, diagnoses, signatures."""
from content import identifiers, pick
from report import Cell, KeyValues, Paragraph, Report, Table, Title, table_html, walk

FIELD_LABELS = {
    "name": ["姓名", "姓名", "姓  名", "患者姓名", "病人姓名"], "sex": ["性别", "性别", "性  别"],
    "age": ["年龄", "年龄", "年  龄"], "birth_date": ["出生日期", "出生年月"],
    "id_number": ["身份证号", "身份证号码", "证件号码"], "phone": ["联系电话", "电话", "手机号"],
    "address": ["住址", "家庭住址", "现住址", "联系地址"], "hospital": ["医疗机构", "送检单位"],
    "admission_number": ["住院号", "住院号", "病案号", "住院号码"],
    "outpatient_number": ["门诊号", "门诊号码"], "department": ["科室", "科别", "科  室", "所在科室"],
    "ward": ["病区", "病区"], "bed": ["床号", "床号", "床位", "床  号"],
    "admission_date": ["入院日期", "入院时间"], "discharge_date": ["出院日期", "出院时间"],
    "sample_number": ["标本号", "样本号", "标本编号", "样本编号"],
    "sample_type": ["标本类型", "标本种类", "样本类型", "标本"],
    "collected_at": ["采集时间", "采样时间", "采样日期"], "received_at": ["接收时间", "核收时间", "接收日期"],
    "reported_at": ["报告时间", "报告日期"],
    "ordering_doctor": ["申请医生", "送检医生", "开单医生", "申请医师", "送检医师"],
    "examiner": ["检验者", "检验人", "检验医师"], "reviewer": ["审核者", "审核人", "核对者", "审核医师"],
}
SECTION_LABELS = {
    "chief_complaint": ["主诉", "主诉", "主  诉"], "history_of_present_illness": ["现病史", "现病史"],
    "past_history": ["既往史", "既往史", "过去史"], "personal_history": ["个人史"], "marital_history": ["婚育史", "婚姻史"],
    "menstrual_history": ["月经史"], "family_history": ["家族史"],
    "physical_examination": ["体格检查", "查体", "体格检查"], "specialist_examination": ["专科检查", "专科情况"],
    "auxiliary_examination": ["辅助检查", "辅助检查"], "admission_condition": ["入院情况", "入院时情况"],
    "treatment_course": ["诊疗经过", "诊治经过", "治疗经过", "诊疗经过"], "discharge_condition": ["出院情况", "出院时情况"],
    "discharge_orders": ["出院医嘱", "出院医嘱", "出院指导"], "imaging_findings": ["检查所见", "影像所见", "影像学表现", "检查所见"],
    "impression": ["诊断意见", "印象", "检查结论", "影像诊断", "诊断印象"], "operative_course": ["手术经过", "手术过程", "手术步骤"],
    "pathology_findings": ["镜下所见", "镜下描述", "显微镜检查"], "summary": ["小结", "总检结论", "综述"],
}
DIAGNOSIS_LABELS = {"admission": ["入院诊断", "初步诊断", "入院诊断"], "discharge": ["出院诊断", "出院诊断", "最后诊断"],
                    "clinical": ["诊断", "临床诊断", "门诊诊断"], "pathology": ["病理诊断"]}
_CHINESE_NUMBERS = [*"一二三四五六七八九十", *(f"十{c}" for c in "一二三四五六七八九"), "二十"]


def field_value(person, case_department, key, clock=True):
    """The printed value of a patient field."""
    if key == "department":
        return case_department
    if key == "birth_date":
        return person.date(person.birth)
    if key == "admission_date":
        return person.date(person.admitted, clock)
    if key == "discharge_date":
        return person.date(person.discharged, clock)
    return getattr(person, key, None) or person.extras.get(key, "")


class Sheet:
    """Collects the blocks and the truth of one report while a layout lays them out."""

    def __init__(self, random, document_type, person, department, **report):
        self.random, self.person, self.department = random, person, department
        self.report = Report(document_type, [], **report)
        self.level = 2
        self.section_number = 0

    def add(self, *blocks):
        self.report.blocks.extend(blocks)
        return self

    def pick(self, *options):
        return pick(self.random, options)

    def masthead(self, title, style=None):
        """Title lines. Styles: joined, two_lines, header (hospital in the running header), plain."""
        style = style or self.pick("joined", "two_lines", "two_lines", "header", "plain")
        hospital = self.person.hospital
        if style == "joined":
            self.add(Title(hospital + title, 1))
            self.report.patient["hospital"] = hospital
        elif style == "two_lines":
            self.add(Title(hospital, 1, "hospital"), Title(title, 2, "report"))
            self.level = 3
            self.report.patient["hospital"] = hospital
        elif style == "header":
            self.report.header = hospital
            self.report.patient["hospital"] = hospital
            self.add(Title(title, 1))
        else:
            self.add(Title(title, 1))
        return self

    def pairs(self, keys, clock=True):
        """[(label, value)] of the patient fields, remembered as truth; a pair may also be given as (label, value)."""
        made = []
        for key in keys:
            if isinstance(key, tuple):
                made.append(key)
                continue
            value = field_value(self.person, self.department, key, clock)
            made.append((self.pick(*FIELD_LABELS[key]), value))
            self.report.patient[key] = value
        return made

    def fields(self, keys, style=None, columns=None, clock=True):
        """Patient fields as key-value lines or as a form table (style `table`)."""
        style = style or self.pick("grid", "grid", "flow", "underlined", "bare", "grid ruled", "grid bold", "table")
        pairs = self.pairs(keys, clock)
        columns = columns or self.pick(3, 3, 4, 2)
        if style == "table":
            return self.add(form_table(pairs, min(columns, 3)))
        return self.add(KeyValues(pairs, columns, style))

    def heading(self, text):
        return self.add(Title(text, self.level))

    def section(self, key, text, style, label=None):
        """One section. Styles: heading, numbered, colon_heading, bracket_heading, inline, bracket, plain_inline."""
        label = label or self.pick(*SECTION_LABELS[key])
        if key:
            self.report.sections[key] = text
        self.labelled(label, text.split("\n"), style)
        return self

    def labelled(self, label, lines, style):
        """A label with its lines of text in the given section style."""
        number = self.section_number
        self.section_number += 1
        if style in ("inline", "bracket", "plain_inline"):
            before = f"【{label}】" if style == "bracket" else f"{label}："
            bold = style == "inline" or (style == "bracket" and self.random.random() < 0.5)
            self.add(Paragraph(lines[0] if bold else before + lines[0], before if bold else ""))
            self.add(*(Paragraph(line) for line in lines[1:]))
            return
        text = {"numbered": f"{_CHINESE_NUMBERS[number]}、{label}", "colon_heading": f"{label}：",
                "bracket_heading": f"【{label}】"}.get(style, label)
        self.heading(text)
        self.add(*(Paragraph(line) for line in lines))

    def diagnoses(self, items, kind, style, label=None, numbering=None):
        """Numbered diagnoses under (or after) their label."""
        numbering = numbering or self.pick("{}. ", "{}、", "{}.", "({})", "（{}）")
        label = label or self.pick(*DIAGNOSIS_LABELS[kind])
        single = len(items) == 1
        lines = [item if single else numbering.format(i) + item for i, item in enumerate(items, 1)]
        if style in ("inline", "bracket", "plain_inline") and not single and self.random.random() < 0.5:
            lines = ["  ".join(lines)]
        self.labelled(label, lines, style)
        self.remember_diagnoses(items)
        return self

    def remember_diagnoses(self, items):
        self.report.diagnoses += items
        return self

    def medication_lines(self, medications):
        """Orders as numbered paragraphs."""
        form = self.pick("{n}{s} {d} {r} {f}", "{n}（{s}） {d} {f} {r}", "{n} {d} {r} {f}")
        for number, (name, strength, dose, frequency, route) in enumerate(medications, 1):
            self.add(Paragraph(f"{number}. " + form.format(n=name, s=strength, d=dose, f=frequency, r=route)))
            self.report.medications.append(name)
        return self

    def signature(self, pairs, style=None):
        style = style or self.pick("line", "line", "spread")
        return self.add(KeyValues(pairs, 2, style))

    def done(self):
        printed = self.text()
        self.report.identifiers = identifiers(self.person, printed)
        self.report.patient = {k: v for k, v in self.report.patient.items() if v}
        return self.report

    def text(self):
        parts = [self.report.header or "", self.report.footer or ""]
        for block in walk(self.report.blocks):
            if isinstance(block, Table):
                parts.append(table_html(block.rows))
            elif isinstance(block, KeyValues):
                parts += [f"{k}：{v}" for k, v in block.pairs]
            elif isinstance(block, Paragraph):
                parts.append(block.label + block.text)
            elif isinstance(block, Title):
                parts.append(block.text)
        return "\n".join(parts)


def form_table(pairs, columns=3, style="lined"):
    """Fields as a table of label and value cells; the last row is filled by a wide value."""
    rows = []
    for start in range(0, len(pairs), columns):
        row = [c for pair in pairs[start:start + columns] for c in pair]
        cells = [Cell(text) for text in row]
        if len(cells) < 2 * columns:
            cells[-1].colspan = 2 * columns - len(cells) + 1
        rows.append(cells)
    return Table(rows, style, header_rows=0)
