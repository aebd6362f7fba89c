"""What the marks network names: nothing, print that is no mark, digits of the line, marks, raised and lowered characters.

One character stands for each class, also in the exported file's metadata.
"""

NOTHING, PRINT, DIGIT = " ", "▯", "#"
MARKS = "↑↓→←*★+−±"
RAISED_FROM, RAISED = "0123456789+-abcdehimnpstx", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵃᵇᶜᵈᵉʰⁱᵐⁿᵖˢᵗˣ"
LOWERED_FROM, LOWERED = "0123456789+-aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"

SIGNS = NOTHING + PRINT + DIGIT + MARKS + RAISED + LOWERED
INDEX = {sign: index for index, sign in enumerate(SIGNS)}
ARROWS = "↑↓→←"

# Other characters drawn for a mark: a dash is a dash however long.
_SAME = {"-": "−", "–": "−", "—": "−", "－": "−", "＋": "+", "＊": "*", "∗": "*", "☆": "★"}


def sign_of(character, level=0):
    """The class of a printed character on the line (level 0), raised (1) or lowered (-1)."""
    if level:
        plain, signs = (RAISED_FROM, RAISED) if level > 0 else (LOWERED_FROM, LOWERED)
        character = "-" if _SAME.get(character, character) == "−" else character
        return signs[plain.index(character)] if character in plain else PRINT
    character = _SAME.get(character, character)
    if character in MARKS:
        return character
    return DIGIT if character in "0123456789" else PRINT


def is_named(sign):
    """Whether a sign is one that the network is there to name."""
    return sign not in (NOTHING, PRINT, DIGIT)
