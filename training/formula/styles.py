"""Looks of printed formulas: fonts and measures of MathML in a browser, KaTeX and TeX, Word, and plain text set by hand.

The fonts are Debian's (fonts-dejavu-extra, -lmodern, -stix, -liberation, -texgyre, -noto-cjk, -noto-core, -wqy-*, -arphic-uming, -crosextra-*,
-linuxlibertine, -sil-charis, -ebgaramond, -roboto, -inter); a family whose files are missing is left out. HELD_OUT families are never trained on.
"""
from functools import lru_cache

from fonts import exists
from typeset import Style

_ROOT = "/usr/share/fonts/"
_TEX = "/usr/share/texmf/fonts/opentype/public/"
_DEJAVU, _LIBERATION = _ROOT + "truetype/dejavu/", _ROOT + "truetype/liberation/"
_STIX, _STIX_MATH = _ROOT + "opentype/stix/", _ROOT + "opentype/stix-word/STIXMath-Regular.otf"
_LM, _LM_MATH, _GYRE = _TEX + "lm/", _TEX + "lm-math/latinmodern-math.otf", _TEX + "tex-gyre/"
_LIBERTINE, _CROSEXTRA, _GARAMOND = _ROOT + "opentype/linux-libertine/", _ROOT + "truetype/crosextra/", _ROOT + "opentype/ebgaramond/EBGaramond12-"
_CHARIS, _ROBOTO, _NOTO, _INTER = (_ROOT + part for part in ("truetype/charis/CharisSIL-", "truetype/roboto/unhinted/RobotoTTF/Roboto-", "truetype/noto/NotoSerif-",
                                                             "opentype/inter/Inter-"))
_DEJAVU_MATH = _DEJAVU + "DejaVuMathTeXGyre.ttf"

# name: upright, italic, symbols, weight in the draw, letters of the mathematical alphabets
FAMILIES = {
    "dejavu-math": (_DEJAVU_MATH, _DEJAVU_MATH, _DEJAVU_MATH, 4, True),
    "stix-math": (_STIX_MATH, _STIX_MATH, _STIX_MATH, 2, True),
    "latin-modern-math": (_LM_MATH, _LM_MATH, _LM_MATH, 4, True),
    "latin-modern": (_LM + "lmroman10-regular.otf", _LM + "lmroman10-italic.otf", _LM_MATH, 2, False),
    "stix": (_STIX + "STIXGeneral-Regular.otf", _STIX + "STIXGeneral-Italic.otf", _STIX + "STIXGeneral-Regular.otf", 2, False),
    "times": (_LIBERATION + "LiberationSerif-Regular.ttf", _LIBERATION + "LiberationSerif-Italic.ttf", _STIX_MATH, 3, False),
    "times-bold": (_LIBERATION + "LiberationSerif-Bold.ttf", _LIBERATION + "LiberationSerif-BoldItalic.ttf", _STIX_MATH, 0.6, False),
    "arial": (_LIBERATION + "LiberationSans-Regular.ttf", _LIBERATION + "LiberationSans-Italic.ttf", _DEJAVU + "DejaVuSans.ttf", 2, False),
    "dejavu-sans": (_DEJAVU + "DejaVuSans.ttf", _DEJAVU + "DejaVuSans-Oblique.ttf", _DEJAVU + "DejaVuSans.ttf", 1, False),
    "dejavu-serif": (_DEJAVU + "DejaVuSerif.ttf", _DEJAVU + "DejaVuSerif-Italic.ttf", _DEJAVU + "DejaVuSerif.ttf", 1, False),
    "carlito": (_CROSEXTRA + "Carlito-Regular.ttf", _CROSEXTRA + "Carlito-Italic.ttf", _STIX_MATH, 1, False),
    "pagella": (_GYRE + "texgyrepagella-regular.otf", _GYRE + "texgyrepagella-italic.otf", _DEJAVU_MATH, 1, False),
    "song": (_ROOT + "truetype/arphic/uming.ttc", _LIBERATION + "LiberationSerif-Italic.ttf", _STIX_MATH, 1, False),
    "noto-serif": (_ROOT + "opentype/noto/NotoSerifCJK-Regular.ttc#2", _LIBERATION + "LiberationSerif-Italic.ttf", _STIX_MATH, 1.5, False),
    "noto-sans": (_ROOT + "opentype/noto/NotoSansCJK-Regular.ttc#2", _LIBERATION + "LiberationSans-Italic.ttf", _DEJAVU + "DejaVuSans.ttf", 1, False),
    "sans-modern": (_LM + "lmsans10-regular.otf", _LM + "lmsans10-oblique.otf", _LM_MATH, 0.6, False),
    "caladea": (_CROSEXTRA + "Caladea-Regular.ttf", _CROSEXTRA + "Caladea-Italic.ttf", _STIX_MATH, 1.5, False),
    "libertine": (_LIBERTINE + "LinLibertine_R.otf", _LIBERTINE + "LinLibertine_RI.otf", _STIX_MATH, 1, False),
    "charis": (_CHARIS + "Regular.ttf", _CHARIS + "Italic.ttf", _DEJAVU_MATH, 1, False),
    "garamond": (_GARAMOND + "Regular.otf", _GARAMOND + "Italic.otf", _LM_MATH, 1, False),
    "noto-serif-latin": (_NOTO + "Regular.ttf", _NOTO + "Italic.ttf", _STIX_MATH, 1, False),
    "roboto": (_ROBOTO + "Regular.ttf", _ROBOTO + "Italic.ttf", _DEJAVU + "DejaVuSans.ttf", 0.6, False),
    "inter": (_INTER + "Regular.otf", _INTER + "Italic.otf", _DEJAVU + "DejaVuSans.ttf", 0.6, False),
    "schola": (_GYRE + "texgyreschola-regular.otf", _GYRE + "texgyreschola-italic.otf", _LM_MATH, 1, False),
    "termes": (_GYRE + "texgyretermes-regular.otf", _GYRE + "texgyretermes-italic.otf", _DEJAVU_MATH, 1, False),
    "heros": (_GYRE + "texgyreheros-regular.otf", _GYRE + "texgyreheros-italic.otf", _DEJAVU + "DejaVuSans.ttf", 1, False),
}
HELD_OUT = ("schola", "termes", "heros")
_HAN = [_ROOT + "opentype/noto/NotoSerifCJK-Regular.ttc#2", _ROOT + "opentype/noto/NotoSansCJK-Regular.ttc#2", _ROOT + "truetype/wqy/wqy-microhei.ttc",
        _ROOT + "truetype/wqy/wqy-zenhei.ttc", _ROOT + "truetype/arphic/uming.ttc"]


@lru_cache(maxsize=2)
def families(held_out):
    names = [name for name, (*files, _, _) in FAMILIES.items() if (name in HELD_OUT) == held_out and all(map(exists, files))]
    weights = [FAMILIES[name][3] for name in names]
    return names, [w / sum(weights) for w in weights]


def random_style(random, held_out=False):
    names, shares = families(held_out)
    upright, italic, symbols, _, mathematical = FAMILIES[names[random.choice(len(names), p=shares)]]
    han = [path for path in _HAN if exists(path)]
    between = random.uniform
    style = Style(upright, italic, symbols, han[random.integers(len(han))], math_italic=mathematical)
    style.em = int(between(30, 56))
    style.script, style.smallest = between(0.6, 0.76), between(0.45, 0.58)
    style.sup_shift, style.sub_shift = between(0.3, 0.48), between(0.12, 0.28)
    style.operator_gap = between(0.14, 0.34) if random.random() < 0.85 else between(0.0, 0.1)
    style.fraction_scale = 1.0 if random.random() < 0.75 else between(0.68, 0.85)
    style.fraction_gap, style.fraction_overhang = between(0.05, 0.24), between(0.0, 0.2)
    style.rule, style.axis = between(0.03, 0.075), between(0.22, 0.32)
    style.letter_gap = between(-0.02, 0.06) if random.random() < 0.3 else 0.0
    style.root_lead, style.root_glyph = between(0.4, 0.75), random.random() < 0.4
    style.bracket_growth, style.name_gap = (1.0 if random.random() < 0.75 else between(0, 0.8)), between(0.08, 0.24)
    return style
