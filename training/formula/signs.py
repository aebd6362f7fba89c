"""The signs that the formula model finds, and the LaTeX tokens that a formula is written and measured in.

A sign is one printed character, or a bar (of a fraction, over a radicand), a radical sign, the 3 of a cube root. Chinese
characters are one sign, HAN: which one stands there is for the text recogniser to say.
"""

NOTHING, BAR, ROOT_SIGN, ROOT_INDEX, HAN = "nothing", "bar", "√", "root index", "han"
FRACTION, OVER, END, ROOT, CUBE_ROOT, SUPER, SUB, SPACE = "\\frac{", "}{", "}", "\\sqrt{", "\\sqrt[3]{", "^{", "_{", "\\ "

# Printed characters whose LaTeX is not the character itself.
LATEX = {
    "−": "-", "×": "\\times", "÷": "\\div", "·": "\\cdot", "±": "\\pm", "≤": "\\leq", "≥": "\\geq", "≠": "\\neq",
    "≈": "\\approx", "∞": "\\infty", "∑": "\\sum", "→": "\\rightarrow", "Δ": "\\Delta", "Ω": "\\Omega", "Φ": "\\Phi",
    "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\epsilon", "η": "\\eta", "θ": "\\theta",
    "κ": "\\kappa", "λ": "\\lambda", "μ": "\\mu", "π": "\\pi", "ρ": "\\rho", "σ": "\\sigma", "τ": "\\tau",
    "φ": "\\phi", "χ": "\\chi", "ψ": "\\psi", "ω": "\\omega", "%": "\\%", "-": "\\text{-}",
}
_PLAIN = "0123456789.,:;/+=()[]<>|" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "abcdefghijklmnopqrstuvwxyz"

SIGNS = [NOTHING, BAR, ROOT_SIGN, ROOT_INDEX, HAN] + list(_PLAIN) + list(LATEX)
INDEX = {sign: index for index, sign in enumerate(SIGNS)}


def sign_of(character):
    return HAN if "\u4e00" <= character <= "\u9fff" else character


def token_of(character):
    """The LaTeX token of one printed character."""
    return HAN if "\u4e00" <= character <= "\u9fff" else LATEX.get(character, character)
