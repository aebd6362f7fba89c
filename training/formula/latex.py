"""LaTeX as people write it into a correction, to the tokens of signs.py; what the formula model has no sign for is refused."""
import re

import signs as S
from decode import NAMES

_HYPHEN = S.LATEX["-"]
_PIECE = re.compile(re.escape(_HYPHEN) + r"|\\[a-zA-Z]+|\\.|\s+|.", re.S)
_SAME = {"\\le": "\\leq", "\\ge": "\\geq", "\\ne": "\\neq", "\\to": "\\rightarrow", "\\varepsilon": "\\epsilon", "\\varphi": "\\phi", "\\dfrac": "\\frac",
         "\\tfrac": "\\frac", "\\ast": "\\times", "−": "-", "×": "\\times", "÷": "\\div", "·": "\\cdot", "±": "\\pm", "≤": "\\leq", "≥": "\\geq"}
_TRANSPARENT = {"\\mathrm", "\\text", "\\mathit", "\\mathbf", "\\operatorname", "\\rm", "\\left", "\\right", "\\displaystyle", "\\quad", "\\,", "\\;", "\\!", "\\ ", "\\:"}
_KNOWN = {S.token_of(sign) for sign in S.SIGNS[5:]} | {"\\" + name for name in NAMES} | {S.HAN}


class UnknownLatex(Exception):
    """It holds what the model cannot name."""


class _Parser:
    def __init__(self, text):
        self.pieces = [_SAME.get(p, p) for p in _PIECE.findall(text) if not p.isspace() and p not in _TRANSPARENT and p != "$"]
        self.at = 0

    def next(self):
        if self.at >= len(self.pieces):
            raise UnknownLatex
        self.at += 1
        return self.pieces[self.at - 1]

    def argument(self):
        """A group in braces, or one piece."""
        if self.at < len(self.pieces) and self.pieces[self.at] == "{":
            self.at += 1
            return self.row("}")
        return self.one(self.next())

    def row(self, end=None):
        tokens, sub, sup = [], [], []

        def settle():  # lowered before raised, as the model's tokens have it
            tokens.extend(sub + sup)
            sub.clear()
            sup.clear()

        while self.at < len(self.pieces):
            piece = self.next()
            if piece == end:
                settle()
                return tokens
            if piece in ("_", "^"):
                (sub if piece == "_" else sup).extend([S.SUB if piece == "_" else S.SUPER, *self.argument(), S.END])
                continue
            settle()
            tokens += self.one(piece)
        if end is not None:
            raise UnknownLatex
        settle()
        return tokens

    def one(self, piece):
        if piece == "{":
            return self.row("}")
        if piece == "\\frac":
            return [S.FRACTION, *self.argument(), S.OVER, *self.argument(), S.END]
        if piece == "\\sqrt":
            root = S.ROOT
            if self.at < len(self.pieces) and self.pieces[self.at] == "[":
                self.at += 1
                if self.row("]") != ["3"]:
                    raise UnknownLatex
                root = S.CUBE_ROOT
            return [root, *self.argument(), S.END]
        token = piece if piece in ("-", _HYPHEN) else S.token_of(piece)  # a hyphen in LaTeX is a minus
        if token not in _KNOWN:
            raise UnknownLatex
        return [token]


def tokens_of(text):
    return _Parser(text).row()
