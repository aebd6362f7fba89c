"""Display formulas built once and told twice: as LaTeX for the truth, as MathML for the browser."""
from dataclasses import dataclass
from html import escape

from report import Formula


@dataclass
class Part:
    latex: str
    mathml: str


def word(text):
    """An upright name (BMI, FPG)."""
    return Part(f"\\mathrm{{{text.replace('-', chr(92) + 'text{-}')}}}", f'<mi mathvariant="normal">{escape(text)}</mi>')


def letter(text):
    """An italic variable."""
    return Part(text, f"<mi>{escape(text)}</mi>")


def number(text):
    return Part(text, f"<mn>{text}</mn>")


def operator(text):
    latex = {"×": "\\times ", "−": "-", "≤": "\\le ", "≥": "\\ge ", "÷": "\\div "}.get(text, text)
    return Part(latex, f"<mo>{escape(text)}</mo>")


def function(name):
    return Part(f"\\{name} ", f'<mi mathvariant="normal">{name}</mi><mo>&#x2061;</mo>')


def row(*parts):
    """Parts side by side; strings are taken as operators."""
    made = [operator(p) if isinstance(p, str) else p for p in parts]
    return Part("".join(p.latex for p in made), f"<mrow>{''.join(p.mathml for p in made)}</mrow>")


def fraction(top, bottom):
    return Part(f"\\frac{{{top.latex}}}{{{bottom.latex}}}", f"<mfrac>{top.mathml}{bottom.mathml}</mfrac>")


def root(inside):
    return Part(f"\\sqrt{{{inside.latex}}}", f"<msqrt>{inside.mathml}</msqrt>")


def power(base, exponent):
    return Part(f"{base.latex}^{{{exponent.latex}}}", f"<msup>{base.mathml}{exponent.mathml}</msup>")


def index(base, below):
    return Part(f"{base.latex}_{{{below.latex}}}", f"<msub>{base.mathml}{below.mathml}</msub>")


def bracketed(inside):
    return Part(f"({inside.latex})", f'<mrow><mo stretchy="true">(</mo>{inside.mathml}<mo stretchy="true">)</mo></mrow>')


def display(part):
    return Formula(part.latex.strip(), part.mathml)


def clinical_formulas(random):
    """[(name, Formula)] of common clinical calculations, the published coefficients, in random order."""
    n, w, x = number, word, letter
    age, weight, creatinine = w("Age"), letter("W"), index(x("S"), w("cr"))
    made = [
        ("体质指数", row(w("BMI"), "=", fraction(w("Weight"), power(w("Height"), n("2"))))),
        ("体表面积（Mosteller公式）", row(w("BSA"), "=", root(fraction(row(x("H"), "×", x("W")), n("3600"))))),
        ("校正QT间期（Bazett公式）", row(w("QTc"), "=", fraction(w("QT"), root(w("RR"))))),
        ("校正QT间期（Fridericia公式）", row(w("QTcF"), "=", fraction(w("QT"), power(w("RR"), n("0.33"))))),
        ("内生肌酐清除率（Cockcroft-Gault公式）", row(w("Ccr"), "=", fraction(row(bracketed(row(n("140"), "−", age)), "×", weight), row(n("72"), "×", creatinine)))),
        ("MELD评分", row(w("MELD"), "=", n("3.78"), "×", function("ln"), w("TBIL"), "+", n("11.2"), "×", function("ln"), w("INR"), "+", n("9.57"), "×", function("ln"), w("Cr"), "+", n("6.43"))),
        ("简化MDRD公式", row(w("eGFR"), "=", n("186"), "×", power(creatinine, row("−", n("1.154"))), "×", power(age, row("−", n("0.203"))))),
        ("低密度脂蛋白胆固醇（Friedewald公式）", row(w("LDL"), "=", w("TC"), "−", w("HDL"), "−", fraction(w("TG"), n("2.2")))),
        ("血浆渗透压", row(w("Osm"), "=", n("2"), "×", bracketed(row(power(x("Na"), operator("+")), "+", power(x("K"), operator("+")))), "+", w("GLU"), "+", w("BUN"))),
        ("氧合指数", row(w("OI"), "=", fraction(index(w("PaO"), n("2")), index(w("FiO"), n("2"))))),
        ("平均动脉压", row(w("MAP"), "=", w("DBP"), "+", fraction(n("1"), n("3")), "×", bracketed(row(w("SBP"), "−", w("DBP"))))),
        ("校正血清钙", row(w("Ca"), "=", w("TCa"), "+", n("0.02"), "×", bracketed(row(n("40"), "−", w("ALB"))))),
        ("终末期生存概率", row(x("P"), "=", fraction(n("1"), row(n("1"), "+", power(x("e"), row("−", bracketed(row(index(x("b"), n("0")), "+", index(x("b"), n("1")), x("x"))))))))),
    ]
    return [(name, display(made_part)) for name, made_part in (made[i] for i in random.permutation(len(made)))]
