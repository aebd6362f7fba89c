"""What the small recogniser can say: the characters of easy lines, a space, and OTHER for all it cannot read (Han above all).

Class 0 is "nothing here"; the rest stand in the order of CHARACTERS, the space last, as in the large recogniser's file.
"""
OTHER = "\u3013"  # the geta mark: printers set it where a sign is missing
DIGITS = "0123456789"
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
PUNCTUATION = ".,:;-~/()[]<>=+*%'\"&#_|!?^@×±°℃≤≥·‰÷—"
GREEK = "αβγδεκλμπσωΔΣΩ"
ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
MARKS = "↑↓→←★√"
RAISED, LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "₀₁₂₃₄₅₆₇₈₉₊₋"
# What a cascade takes of it: lines of these, no wider than WIDEST strip pixels, and of one character only where it is one of ALONE (a stroke
# or ring by itself may be a mark, a flag or a speck).
PLAIN, ALONE, WIDEST = DIGITS + LATIN + " .,:;-~/()[]<>=+*%#&'\"μ", "234568", 320
CHARACTERS = DIGITS + LATIN + PUNCTUATION + GREEK + ROMAN + MARKS + RAISED + LOWERED + OTHER + " "
CLASS = {character: index for index, character in enumerate(CHARACTERS, 1)}
COUNT = len(CHARACTERS) + 1

# Written alike by the structure room, or not told apart by print: one class each.
_SAME = {"µ": "μ", "−": "-", "–": "-", "‐": "-", "∼": "~", "〜": "~", "～": "~", "º": "°", "˚": "°", "’": "'", "‘": "'", "“": '"', "”": '"', "＊": "*", "∗": "*", "•": "·",
         "∶": ":", "／": "/", "│": "|", "∑": "Σ", "∆": "Δ", "Ω": "Ω", "➔": "→", "―": "—", "─": "—", "☆": "★", "✓": "√", "≦": "≤", "≧": "≥", "、": OTHER, "。": OTHER}
for _code in range(0xFF01, 0xFF5F):
    _SAME.setdefault(chr(_code), chr(_code - 0xFEE0))


def folded(character, level=0):
    """The character as the alphabet has it (level 1: raised, -1: lowered print); OTHER where it has none."""
    character = _SAME.get(character, character)
    if level:
        place = "0123456789+-".find(character)
        return (RAISED if level > 0 else LOWERED)[place] if place >= 0 else OTHER
    return character if character in CLASS else OTHER


def is_easy(text):
    """Whether a line that was read so is one the small recogniser may read for the large one, if it is sure."""
    return all(c in PLAIN for c in text) and any(c in DIGITS + LATIN for c in text) and (len(text) > 1 or text in ALONE)


def bare(text):
    """For comparing: folded, scripts as plain digits, without spaces; what stands outside of the alphabet stays."""
    made = []
    for character in text:
        character = _SAME.get(character, character) if character not in "、。" else character
        for group in (RAISED, LOWERED):
            if character in group:
                character = "0123456789+-"[group.index(character)]
        if not character.isspace() and character not in "\ufffe\u0002":
            made.append(character)
    return "".join(made)
