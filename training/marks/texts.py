"""What stands in the lines: pieces of reports with marks and scripts, and pieces that only look alike.

A piece is a string; ^{..} is raised, _{..} lowered, a tab a wide gap. Everything is drawn at random: no value, name or place of any report.
"""

# Strokes that are taken for marks, and the other way round.
_LOOKALIKES = "十土一个下上丁卜小木三二干工米大本不中巾申甲由午牛千升井半平币市于才寸寺车未末示全金伞介仑合命人入八广厂"
_LATIN_LOOKALIKES = "1Il|TtfiJYyjrLH7417/!†‡"
_WORDS = ("mmol/L", "μmol/L", "g/L", "mg/L", "U/L", "IU/mL", "ng/mL", "pg", "fL", "%", "mL", "kPa", "mmHg", "bpm", "HGB", "WBC", "RBC", "PLT", "ALT", "AST", "TSH",
          "AFP", "CEA", "CA125", "Hb", "pH", "T", "H", "L", "Q", "No.", "Flag", "Result", "Unit", "Total", "Test", "Male", "Dr.", "CV", "SD", "CT", "MRI", "B", "IgG",
          "HIV", "Ab", "cmH", "mm", "cm", "kg", "QT", "ft", "fil", "lift", "TT", "Tl", "If", "it", "II", "III", "IV", "i.v.", "qd", "tid", "po", "l", "I")
_UNITS = ("m", "cm", "mm", "kg/m", "mL/min/1.73m", "dm", "μm", "km")
_GASES = ("CO_{2}", "O_{2}", "SpO_{2}", "PaO_{2}", "PaCO_{2}", "SaO_{2}", "FiO_{2}", "H_{2}O", "cmH_{2}O", "PvO_{2}", "TCO_{2}", "N_{2}O", "H_{2}", "NH_{3}", "H_{2}S")
_IONS = ("Na^{+}", "K^{+}", "Ca^{2+}", "Cl^{-}", "Mg^{2+}", "Fe^{2+}", "Fe^{3+}", "NH_{4}^{+}", "SO_{4}^{2-}", "PO_{4}^{3-}", "H^{+}", "Li^{+}", "OH^{-}", "Zn^{2+}",
         "HCO_{3}^{-}", "CO_{3}^{2-}", "Cu^{2+}", "NO_{3}^{-}", "CD4^{+}", "CD8^{+}", "CD3^{+}", "HPO_{4}^{2-}", "I^{-}", "F^{-}")
_INDEXED = ("B", "D", "K", "T", "FT", "C", "A", "β", "α", "γ", "E", "PGE", "TXB", "F", "V", "S", "Q", "L", "Th", "HbA", "G", "M", "N", "FEV", "VitB", "x", "y", "H", "R", "P")
_NAMED = ("C_{max}", "t_{max}", "C_{min}", "VO_{2max}", "V_{T}", "T_{m}", "t_{1/2}", "K_{m}", "V_{max}", "n_{i}", "x_{i}", "AUC_{0-t}", "log_{10}", "lg_{2}", "R_{s}", "P_{a}", "E_{k}", "k_{e}",
          "C_{ss}", "Σx_{i}", "u_{n}", "v_{r}", "H_{o}", "a_{j}", "p_{l}", "c_{p}", "m_{e}", "s_{h}")
_LABELS = ("白细胞", "红细胞", "血小板", "血红蛋白", "中性粒细胞", "总胆固醇", "尿素氮", "肌酐", "葡萄糖", "促甲状腺素", "微球蛋白", "结果", "单位", "参考范围", "项目", "姓名", "性别", "科室", "床号",
           "标本类型", "检验者", "报告日期", "阴性", "阳性", "淡黄色", "清亮", "弱阳性", "未见异常", "体表面积", "心率", "体温", "血压", "诊断", "出院小结")
_PUNCTUATION = "：，。、；（）()[]【】/|:;,.'\"’·~～=<>≤≥×÷#&°%‰℃"


class Texts:
    def __init__(self, random):
        self.random = random
        many, few = self._marked, self._plain
        self.kinds = [(many[name], share) for name, share in
                      (("flag", 16), ("lone", 9), ("starred", 6), ("qualitative", 8), ("power", 14), ("unit", 7), ("gas", 6), ("ion", 9), ("index", 7), ("named", 4),
                       ("footnote", 6), ("spread", 5), ("signed", 5), ("arrowed", 5), ("free_script", 8))]
        self.kinds += [(few[name], share) for name, share in
                       (("number", 18), ("range", 9), ("date", 3), ("words", 9), ("han", 14), ("lookalike", 12), ("punctuated", 7), ("degrees", 4), ("label", 5), ("symbols", 2))]
        total = sum(share for _, share in self.kinds)
        self.shares = [share / total for _, share in self.kinds]

    def piece(self):
        return self.kinds[self.random.choice(len(self.kinds), p=self.shares)][0]()

    def pick(self, options):
        return options[int(self.random.integers(len(options)))]

    def digits(self, count):
        return "".join(self.pick("0123456789") for _ in range(count))

    def number(self):
        shape = self.random.integers(5)
        whole = self.pick("123456789") + self.digits(int(self.random.integers(0, 4))) if shape else "0"
        return whole if shape == 1 else whole + "." + self.digits(int(self.random.integers(1, 4))) if shape != 2 else whole

    def gap(self):
        return self.pick(("", "", "", " ", " ", "  ", "\t"))

    def han(self):
        if self.random.random() < 0.35:
            return "".join(self.pick(_LABELS) for _ in range(int(self.random.integers(1, 3))))
        rows = self.random.integers(0xB0, 0xD7, int(self.random.integers(1, 6)))
        return "".join(bytes([row, 0xA1 + int(self.random.integers(0, 94))]).decode("gb2312", "ignore") for row in rows)

    @property
    def _marked(self):
        pick, random = self.pick, self.random

        def flag():
            arrow = pick("↑↑↑↓↓↓→←") if random.random() < 0.97 else pick(("↑↑", "↓↓"))
            return (arrow + self.gap() + self.number()) if random.random() < 0.12 else self.number() + self.gap() + arrow

        def free_script():
            count, raised = int(random.integers(1, 3)), random.random() < 0.5
            allowed = "0123456789+-abcdehimnpstx" if raised else "0123456789+-aehijklmnoprstuvx"
            base = pick("ABCDEFGHKLMNPQRSTVXYabcdeghkmnpqrstuvxyzαβμ)") if random.random() < 0.75 else self.pick(("10", "e", "2", "(1)"))
            return base + ("^{" if raised else "_{") + "".join(pick(allowed) for _ in range(count)) + "}"

        return {
            "flag": flag,
            "lone": lambda: "\t" + pick("↑↑↓↓→←*★+−-±—") + "\t",
            "starred": lambda: pick(("*", "★", "*", "* ", "☆")) + self.number() if random.random() < 0.4 else self.number() + self.gap() + pick(("*", "★", "**", "*")),
            "qualitative": lambda: pick(("", "阴性", "阳性", "弱阳性", "1", "2", "3", "4")) + pick(("(-)", "(+)", "(±)", "±", "+", "++", "+++", "-", "（-）", "（+）", "++++", "＋", "－", "—")),
            "power": lambda: pick(("×", "×", "x", "*", "")) + "10^{" + pick(("9", "9", "12", "12", "6", "3", pick("0123456789"), "-" + pick("123456789"), "1" + pick("0123456789"))) + "}" + pick(("/L", "/L", "/L", "/mL", " CFU", "", "/l", " IU")),
            "unit": lambda: pick(_UNITS) + "^{" + pick("2223") + "}" if random.random() < 0.8 else pick(("s", "L", "h", "min", "mol·L", "d")) + "^{-" + pick("1123") + "}",
            "gas": lambda: pick(_GASES),
            "ion": lambda: pick(_IONS),
            "index": lambda: pick(_INDEXED) + "_{" + (pick("0123456789") if random.random() < 0.75 else "1" + pick("0123456789")) + "}" + pick(("", "", "c", "微球蛋白", "-MG")),
            "named": lambda: pick(_NAMED),
            "footnote": lambda: pick((self.number(), self.han(), "P<0.05", "0.01")) + "^{" + (pick("abcdehimnpstx") if random.random() < 0.6 else pick("123456789")) + "}",
            "spread": lambda: self.number() + pick(("±", " ± ")) + self.number(),
            "signed": lambda: pick(("-", "−", "+", "+", "-", "±")) + self.number(),
            "arrowed": lambda: pick((self.number(), pick(_WORDS), self.han())) + pick(("→", "←", "→", "↑", "↓")) + pick((self.number(), pick(_WORDS), self.han())),
            "free_script": free_script,
        }

    @property
    def _plain(self):
        pick, random = self.pick, self.random
        two = lambda: f"{int(random.integers(0, 60)):02d}"  # noqa: E731
        return {
            "number": self.number,
            "range": lambda: self.number() + pick(("-", "--", "~", "～", " - ", "—", "–", "－")) + self.number(),
            "date": lambda: f"20{two()}" + pick("-./年") + two() + pick("-./月") + two() + " " + two() + ":" + two(),
            "words": lambda: pick(_WORDS) + pick(("", " ", pick(_WORDS))),
            "han": self.han,
            "lookalike": lambda: "".join(pick(_LOOKALIKES if random.random() < 0.5 else _LATIN_LOOKALIKES) for _ in range(int(random.integers(1, 4)))),
            "punctuated": lambda: pick((self.han(), self.number(), pick(_WORDS))) + pick(_PUNCTUATION) + pick((self.number(), pick(_WORDS), "")),
            "degrees": lambda: self.number() + pick(("℃", "°C", "°", "%", "‰", "'", "\"", "”")),
            "label": lambda: pick(_LABELS) + pick(("：", ":", "")),
            "symbols": lambda: pick("▲▼△▽●■◆◇○√×☑□"),
        }
