"""Random formulas as medical reports and papers print them: the known clinical ones with numbers of any value, and the forms
under them (fractions, radicals, scripts, brackets, functions, words, Chinese terms) put together at random.

Numbers are drawn without any preference, so that the model learns to read digits and not to know coefficients.
"""
from typeset import Brackets, Fraction, Name, Root, Row, Scripts, Space, Text

_NAMES = ("BMI BSA QTc QT RR MELD MELD-Na HOMA-IR HOMA-β FPG FINS FBG eGFR GFR Scr SCr Cr Ccr CrCl TBIL Bil INR Alb ALB ALT AST PLT "
          "LDL HDL LDL-C HDL-C TC TG VLDL AG SAG Na K Cl HCO Ca Mg Osm GLU BUN UA PaO PaCO FiO SaO SpO PAO PEEP OI MAP SBP DBP HR "
          "CO CI SV SVR PVR LVEF EF EDV ESV FS LVM LVMI RWT IVST PWT LVIDd Age age Weight Height W H BW IBW ABW TBW LBM kg cm "
          "FIB-4 APRI ALBI Child-Pugh AUC CL Vd Ke Css Dose T UCr SCys Scys CysC UNa FENa UACR PRO Hb Hct Hb-A RBC WBC NEU LYM NLR PLR "
          "SII SIRI PNI TyG eAG HbA1c ANC MCV MCH MCHC RDW TIBC SI TSAT Fe Cys PSA fPSA tPSA PSAD ROMA PI CA HE AFP DCP GALAD "
          "BEE REE BMR PBW ETT DR FVC FEV VC TLC RV MVV VT VD PIP Pplat Cst Raw Qs Qt CaO CvO CcO DO VO ER pH pK H A a P D V Q S R "
          "Serum creatinine weight height years female male urine plasma sodium potassium glucose albumin bilirubin Score Risk logit").split()
_HAN_TERMS = ("体重 身高 年龄 性别 血肌酐 尿肌酐 血清肌酐 胆红素 白蛋白 血钠 血钾 血糖 胰岛素 空腹血糖 空腹胰岛素 收缩压 舒张压 心率 尿量 总胆固醇 "
              "甘油三酯 血小板 体表面积 剂量 浓度 清除率 分数 系数 常数 女性 男性 若为女性 乘以 时间 小时 分钟 滴速 校正 实测 预测值 理论值 "
              "血清钙 血尿素氮 血红蛋白 红细胞 白细胞 中性粒细胞 淋巴细胞 面积 长径 短径 厚度 体积 左室 舒张末期 收缩末期 容积 每搏输出量 "
              "肺泡气 动脉血 氧分压 二氧化碳 吸入氧浓度 呼吸频率 潮气量 体质指数 标准差 均数 样本 阳性 阴性 总数 补液量 缺钠量 热量").split()
_UNITS = "mg/dL mmol/L μmol/L g/L kg cm m kg/m mL/min U/L ng/mL mmHg ms s % IU/L pg/mL mg/L h mL g".split()
_GREEK = "αβγδεηθκλμπρστφχψωΔΩΦ"
_CHEMICAL = [("O", "2", None), ("CO", "2", None), ("HCO", "3", "−"), ("Na", None, "+"), ("K", None, "+"), ("Cl", None, "−"), ("Ca", None, "2+"),
             ("Mg", None, "2+"), ("H", None, "+"), ("NH", "4", "+"), ("PO", "4", "3−"), ("H", "2", None), ("NH", "3", None), ("SO", "4", "2−")]


class Expressions:
    def __init__(self, random):
        self.random = random
        self.all_upright = False

    def chance(self, share):
        return self.random.random() < share

    def pick(self, items):
        return items[self.random.integers(len(items))]

    def digits(self, count):
        return "".join(str(d) for d in self.random.integers(0, 10, count))

    def number_text(self):
        kind = self.random.random()
        if kind < 0.25:
            return self.digits(1)
        if kind < 0.5:
            return str(self.random.integers(1, 10)) + self.digits(self.random.integers(1, 4))
        if kind < 0.75:
            return "0." + self.digits(self.random.integers(1, 7))
        if kind < 0.97:
            return str(self.random.integers(1, 1000)) + "." + self.digits(self.random.integers(1, 4))
        return f"{self.random.integers(1, 100)},{self.digits(3)}"

    def number(self):
        return Text(self.number_text())

    def small_number(self):
        return Text(self.pick(["2", "3", "2", self.digits(1), str(self.random.integers(1, 30)), "0." + self.digits(2), "0." + self.digits(3)]))

    def letter(self):
        if self.chance(0.18):
            return Text(self.pick(_GREEK), italic=not self.all_upright and self.chance(0.5))
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        return Text(self.pick(letters), italic=not self.all_upright and self.chance(0.85))

    def name(self):
        kind = self.random.random()
        if kind < 0.62:
            text = self.pick(_NAMES)
        elif kind < 0.9:
            length = self.random.integers(2, 6)
            letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if self.chance(0.5) else "abcdefghijklmnopqrstuvwxyz"
            text = "".join(self.pick(letters) for _ in range(length))
            if self.chance(0.3):
                text = text.capitalize()
            if self.chance(0.15):
                text += "-" + self.pick(letters) + (self.pick(letters) if self.chance(0.5) else "")
        else:
            return Row([Text(self.pick(_NAMES).replace("-", "")), Space(), Text(self.pick(_NAMES).replace("-", ""))])
        return Text(text, italic=not self.all_upright and self.chance(0.15))

    def han(self):
        if self.chance(0.6):
            text = self.pick(_HAN_TERMS)
        else:
            text = "".join(chr(self.random.integers(0x4E00, 0x9F00)) for _ in range(self.random.integers(1, 6)))
        if self.chance(0.15):
            return Row([Text(text), Brackets(Text(self.pick(_UNITS)))])
        return Text(text)

    def chemical(self):
        base, sub, sup = self.pick(_CHEMICAL)
        italic = not self.all_upright and self.chance(0.3)
        return Scripts(Text(base, italic=italic), Text(sub) if sub else None, Text(sup) if sup else None)

    def indexed(self):
        base = self.letter() if self.chance(0.6) else self.name()
        if isinstance(base, Row):
            base = base.parts[0]
        below = [self.small_number, self.letter, self.name, self.han][self.random.choice(4, p=[0.4, 0.25, 0.28, 0.07])]()
        return Scripts(base, sub=below)

    def exponent(self, depth):
        kind = self.random.random()
        if kind < 0.4:
            return self.small_number()
        if kind < 0.75:
            return Row([Text("−"), self.number()])
        if kind < 0.85:
            return self.letter()
        if kind < 0.93:
            return self.name()
        return self.sum(min(depth, 1), 2)

    def power(self, depth):
        kind = self.random.random()
        if kind < 0.35:
            base = self.letter()
        elif kind < 0.6:
            base = Text(self.pick(_NAMES))
        elif kind < 0.72:
            base = Text(self.pick(["10", "2", "e", self.number_text()]))
        elif kind < 0.84:
            base = Brackets(self.sum(depth - 1, 2) if depth > 0 else self.letter())
        else:
            base = self.indexed()
        sup = self.exponent(depth - 1)
        if isinstance(base, Scripts):
            return Scripts(base.base, base.sub, sup)
        return Scripts(base, sup=sup)

    def function(self, depth):
        name = Name(self.pick(["ln", "log", "lg", "exp", "ln", "ln"]))
        if name.name == "log" and self.chance(0.35):
            name = Scripts(name, sub=Text(self.pick(["10", "2", "e"])))
        inside = self.sum(depth - 1, 2) if depth > 0 and self.chance(0.5) else self.atom(0)
        return Row([name, Brackets(inside) if self.chance(0.6) else self.atom(0)])

    def extreme(self, depth):
        parts = [self.ratio(depth - 1) if self.chance(0.7) else self.atom(0), Text(","), Text(self.pick(["1", "0", self.number_text()]))]
        return Row([Name(self.pick(["min", "max"])), Brackets(Row(parts))])

    def ratio(self, depth):
        if depth <= 0 or self.chance(0.4):
            return Row([self.atom(0), Text("/"), self.atom(0)])
        return Fraction(self.sum(depth - 1, 3), self.sum(depth - 1, 2))

    def atom(self, depth):
        """A factor of a product."""
        makers = [(self.number, 0.24), (self.letter, 0.1), (self.name, 0.2), (self.indexed, 0.12), (self.chemical, 0.05), (self.han, 0.06)]
        if depth > 0:
            makers += [(lambda: self.power(depth), 0.16), (lambda: self.function(depth), 0.07), (lambda: self.extreme(depth), 0.03),
                       (lambda: Root(self.sum(depth - 1, 2), cube=self.chance(0.12)), 0.06),
                       (lambda: Fraction(self.sum(depth - 1, 3), self.sum(depth - 1, 3)), 0.17),
                       (lambda: Brackets(self.sum(depth - 1, 3), *self.pick(["()", "()", "()", "[]"])), 0.1)]
        shares = [share for _, share in makers]
        total = sum(shares)
        return makers[self.random.choice(len(makers), p=[s / total for s in shares])][0]()

    def operator(self, text):
        return Text(text, operator=True)

    def product(self, depth):
        parts = [self.atom(depth)]
        while self.chance(0.38) and len(parts) < 6:
            sign = self.pick(["×", "×", "×", "×", "·", "/", "÷"])
            parts += [Text("/") if sign == "/" else self.operator(sign), self.atom(depth)]
        return Row(parts) if len(parts) > 1 else parts[0]

    def sum(self, depth, most):
        parts = [self.product(depth)]
        for _ in range(self.random.integers(0, most)):
            parts += [self.operator(self.pick(["+", "+", "−", "−", "−", "±"])), self.product(depth)]
        return Row(parts) if len(parts) > 1 else parts[0]

    def left_side(self):
        kind = self.random.random()
        if kind < 0.5:
            return self.name()
        if kind < 0.7:
            return self.indexed()
        if kind < 0.82:
            return self.letter()
        if kind < 0.92:
            return self.han()
        return Scripts(self.letter(), sub=self.chemical()) if self.chance(0.3) else Row([self.name(), Brackets(Text(self.pick(_UNITS)))])

    def linear(self):
        """MELD and its kind: a sum of coefficients times terms."""
        parts = []
        for i in range(self.random.integers(2, 5)):
            term = self.atom(0)
            if self.chance(0.5):
                term = Row([Name(self.pick(["ln", "log"])), Brackets(term) if self.chance(0.4) else term])
            if i:
                parts.append(self.operator(self.pick(["+", "−"])))
            parts += [self.number(), self.operator("×") if self.chance(0.8) else self.operator("·"), term]
        return Row(parts)

    def powers(self):
        """MDRD, DuBois: a coefficient times powers."""
        parts = [self.number()]
        for _ in range(self.random.integers(1, 4)):
            base = self.indexed() if self.chance(0.4) else Text(self.pick(_NAMES)) if self.chance(0.6) else self.letter()
            sup = self.number() if self.chance(0.5) else Row([Text("−"), self.number()])
            node = Scripts(base.base, base.sub, sup) if isinstance(base, Scripts) else Scripts(base, sup=sup)
            if self.chance(0.15):
                node = Scripts(Row([Name(self.pick(["min", "max"])), Brackets(Row([self.atom(0), Text("/"), self.letter(), Text(","), Text("1")]))]), sup=sup)
            parts += [self.operator("×"), node]
        if self.chance(0.15):
            parts += [self.operator("×"), self.number(), Brackets(self.han() if self.chance(0.7) else Text(self.pick(_NAMES)), *self.pick(["()", "[]"]))]
        return Row(parts)

    def formula(self):
        self.all_upright = self.chance(0.3)
        depth = int(self.random.choice([0, 1, 2], p=[0.15, 0.55, 0.3]))
        kind = self.random.random()
        if kind < 0.12:
            right = self.linear()
        elif kind < 0.25:
            right = self.powers()
        elif kind < 0.45:
            right = Fraction(self.sum(min(depth, 1), 3), self.sum(min(depth, 1), 2))
            if self.chance(0.4):
                right = Row([right, self.operator(self.pick(["×", "+", "−"])), self.product(0)])
            elif self.chance(0.3):
                right = Row([self.product(0), self.operator(self.pick(["×", "+", "−"])), right])
        elif kind < 0.52:
            right = Row([Text("2"), self.operator("×"), Brackets(Row([self.chemical(), self.operator("+"), self.chemical()])), self.operator("+"), self.atom(0)])
        else:
            right = self.sum(depth, 4)
        if self.chance(0.06):
            return right
        sign = self.pick(["="] * 14 + ["≈", "≤", "≥", "<", ">", "≠"])
        parts = [self.left_side(), self.operator(sign), right]
        if self.chance(0.05):
            parts += [self.operator("="), self.number()]
        if self.chance(0.05):
            parts += [Brackets(Text(self.pick(_UNITS)))]
        return Row(parts)
