"""Running text, reading order, headings, captions, formulas and marks."""
import json
import re

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from scoring.normal import distance, fold

# Page furniture found this surely in the body is neither rewarded nor punished.
FURNITURE_SURE = 85
# A heading counts as found within this share of edits.
HEADING_EDITS = 0.2
# A block counts as placed when its text is found this well.
PLACED_SURE = 70

_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_MARK = r"10[⁰¹²³⁴-⁹]+/L|[A-Za-z]+[₀-₉]+⁻?|m[²³]|[A-Z][a-z]?[²]?[⁺⁻]|[↑↓←→]|[ⅠⅡⅢⅣⅤ]|[αβγμ℃‰]"


def _texts(blocks):
    """The texts of the blocks that make up running text, in order."""
    made = []
    for block in blocks:
        if block["type"] in ("title", "paragraph"):
            made.append(block["text"])
        elif block["type"] == "keyvalue":
            made += [f"{key}：{value}" for key, value in block["pairs"]]
        elif block["type"] in ("figure", "table") and block.get("caption"):
            made.append(block["caption"])
    return made


def _is_latin(texts):
    letters = [c for c in "".join(texts) if c.isalpha()]
    return sum(c.isascii() for c in letters) > 0.6 * max(len(letters), 1)


def _without_furniture(blocks, body, wanted, spaced):
    for text in {fold(b["text"], spaced) for b in blocks if b["type"] in ("header", "footer")}:
        if not text or fuzz.partial_ratio(text, wanted) >= FURNITURE_SURE:
            continue
        for _ in range(8):
            found = fuzz.partial_ratio_alignment(text, body, score_cutoff=FURNITURE_SURE) if len(text) <= len(body) else None
            if found is None:
                break
            body = body[:found.dest_start] + body[found.dest_end:]
    return body


def similarity(blocks, page):
    """1 - normalised edit distance of all running text."""
    texts = _texts(blocks)
    spaced = _is_latin(texts)
    wanted = fold((" " if spaced else "").join(texts), spaced)
    body = _without_furniture(blocks, fold(page.body, spaced), wanted, spaced)
    return 1 - distance(wanted, body)


def order(blocks, page):
    """Share of pairs of found blocks that stand in the right order; None with fewer than two."""
    body, places = fold(page.body), []
    texts = [fold(t) for t in _texts(blocks)]
    everything = "\n".join(texts)
    for text in texts:
        if len(text) < 6 or len(text) > len(body) or everything.count(text) > 1:
            continue
        found = fuzz.partial_ratio_alignment(text, body, score_cutoff=PLACED_SURE)
        if found is not None:
            places.append(found.dest_start)
    pairs = [(a, b) for i, a in enumerate(places) for b in places[i + 1:]]
    return sum(a <= b for a, b in pairs) / len(pairs) if pairs else None


def headings(blocks, page):
    """(F1 of headings, share of the truth's headings with the right level)."""
    wanted = [(fold(b["text"]), b["level"]) for b in blocks if b["type"] == "title"]
    if not wanted:
        return None, None
    left = [(fold(t), level) for t, level in page.headings]
    count, found, same = len(left), 0, 0
    for text, level in wanted:
        match = next((h for h in left if distance(text, h[0]) < HEADING_EDITS), None)
        if match:
            found += 1
            same += match[1] == level
            left.remove(match)
    return 2 * found / (len(wanted) + count), same / len(wanted)


def captions(blocks, page):
    """(found, wanted) captions of figures."""
    wanted = [fold(b["caption"]) for b in blocks if b["type"] == "figure"]
    have = fold("\n".join(page.captions))
    return (sum(c in have for c in wanted), len(wanted)) if wanted else None


def latex_tokens(latex):
    """Tokens with spelling variants of the same thing made equal."""
    latex = re.sub(r"(\^(?:\{[^{}]*\}|.))(_(?:\{[^{}]*\}|.))", r"\2\1", latex)
    latex = re.sub(r"\\(?:mathrm|text|operatorname|mathit|mathbf|rm|left|right|displaystyle|quad|,|;|!|\s)", "", latex)
    latex = latex.replace("\\cdot", "\\times").replace("\\dfrac", "\\frac").replace("×", "\\times ").replace("−", "-").replace("~", "")
    latex = re.sub(r"\\ln\b|ln", r" \\ln ", latex)
    return re.findall(r"\\[a-zA-Z]+|[^\s{}]", latex)


def formulas(blocks, page):
    """Mean similarity of the truth's formulas to their best partners; None without formulas."""
    wanted = [latex_tokens(b["latex"]) for b in blocks if b["type"] == "formula"]
    if not wanted:
        return None
    left, total = [latex_tokens(f) for f in page.formulas], 0.0
    count = len(left)
    for tokens in wanted:
        if left:
            best = min(left, key=lambda f: Levenshtein.distance(tokens, f) / max(len(tokens), len(f), 1))
            total += 1 - Levenshtein.distance(tokens, best) / max(len(tokens), len(best), 1)
            left.remove(best)
    return total / max(len(wanted), count)


def marks(blocks, content):
    """(2 * hits, wanted + wanted with spurious arrows) for F1 pooling; counts each mark as often as the truth has it."""
    wanted = re.findall(_MARK, json.dumps([b for b in blocks if b["type"] != "formula"], ensure_ascii=False))
    if not wanted:
        return None
    text = re.sub(r"\$\$.+?\$\$", "", content, flags=re.S)
    text = re.sub(r"<sup>(.*?)</sup>|\^\{?([0-9+-]{1,3})\}?", lambda m: (m.group(1) or m.group(2)).translate(_RAISED), text)
    text = re.sub(r"<sub>(.*?)</sub>|_\{?([0-9]{1,2})\}?", lambda m: (m.group(1) or m.group(2)).translate(_LOWERED), text)
    found = re.findall(_MARK, re.sub(r"[ \t$]|\\times|\\", "", text).replace("µ", "μ"))
    hits = sum(min(found.count(m), wanted.count(m)) for m in set(wanted))
    spurious = sum(max(0, found.count(m) - wanted.count(m)) for m in "↑↓")
    return 2 * hits, 2 * len(wanted) + spurious
