"""Folding of what does not matter in a comparison: width, punctuation style, spaces, how scripts are set."""
import re
import unicodedata

from rapidfuzz.distance import Levenshtein

_PUNCTUATION = str.maketrans({
    "，": ",", "。": ".", "；": ";", "：": ":", "（": "(", "）": ")", "！": "!", "？": "?", "“": '"', "”": '"', "‘": "'", "’": "'",
    "、": ",", "【": "[", "】": "]", "－": "-", "—": "-", "–": "-", "−": "-", "～": "~", "∼": "~", "µ": "μ", "＜": "<", "＞": ">",
    "﹤": "<", "﹥": ">", "•": "·", "≦": "≤", "≧": "≥", "☑": "√"})
_SCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉", "0123456789-+0123456789")


def _inline_latex(match):
    inside = re.sub(r"\\(?:times|mathrm|text|mu)", lambda m: {"\\times": "×", "\\mu": "μ"}.get(m.group(), ""), match.group(1))
    return re.sub(r"[\\^_{}]", "", inside)


def fold(text, spaced=False):
    """A string to compare by. `spaced` keeps one space between words (Latin text)."""
    text = re.sub(r"</?su[bp]>|<br\s*/?>", "", text)
    text = re.sub(r"\$([^$\n]{1,24})\$", _inline_latex, text)
    text = unicodedata.normalize("NFKC", text.translate(_SCRIPTS).translate(_PUNCTUATION)).translate(_PUNCTUATION)
    text = text.replace("\\", "")
    if spaced:
        text = re.sub(r"\s+(?=[^\s\w])|(?<=[^\s\w])\s+", "", text)
        return re.sub(r"\s+", " ", text).strip()
    return re.sub(r"[\s_]+", "", text)


def distance(a, b):
    """Edit distance as a share of the longer string."""
    return Levenshtein.distance(a, b) / max(len(a), len(b), 1)


def same_unit(a, b):
    """Whether two folded units are spellings of one: umol/l and μmol/L, S and s, x10^9/L and 10⁹/L."""
    spelled = [text.casefold().replace("μ", "u").replace("^", "").replace("×", "x").lstrip("x") for text in (a, b)]
    return spelled[0] == spelled[1]


def same_range(a, b):
    """Whether two folded ranges differ at most in the sign between their bounds: 3.5-5.3, 3.5~5.3, 3.5--5.3."""
    return re.sub(r"[-~]+", "~", a) == re.sub(r"[-~]+", "~", b)
