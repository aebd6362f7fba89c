"""Looks of a printed line: faces, sizes and places of scripts, and where the marks come from.

HELD_OUT faces are never trained on. What is missing on the machine is left out. The faces are Debian's (fonts-noto-cjk, -wqy-*, -arphic-*,
-dejavu, -liberation, -stix, -lmodern, -texgyre, -crosextra-*, -roboto, -open-sans, -lato, -linuxlibertine, -ebgaramond, -inter, -sil-charis, -hack,
-noto-core).
"""
from dataclasses import dataclass
from functools import lru_cache

from fonts import exists, has

_ROOT, _TEX = "/usr/share/fonts/", "/usr/share/texmf/fonts/opentype/public/"
_NOTO, _WQY, _ARPHIC = _ROOT + "opentype/noto/", _ROOT + "truetype/wqy/", _ROOT + "truetype/arphic/"
_DEJAVU, _LIBERATION, _STIX, _GYRE = _ROOT + "truetype/dejavu/", _ROOT + "truetype/liberation/", _ROOT + "opentype/stix/", _TEX + "tex-gyre/"
_LATIN_NOTO, _LIBERTINE = _ROOT + "truetype/noto/", _ROOT + "opentype/linux-libertine/"

HAN = [_NOTO + "NotoSerifCJK-Regular.ttc#2", _NOTO + "NotoSansCJK-Regular.ttc#2", _NOTO + "NotoSansCJK-Bold.ttc#2", _NOTO + "NotoSerifCJK-Bold.ttc#2",
       _WQY + "wqy-microhei.ttc", _WQY + "wqy-zenhei.ttc", _ARPHIC + "uming.ttc"]
LATIN = [_LIBERATION + "LiberationSerif-Regular.ttf", _LIBERATION + "LiberationSerif-Bold.ttf", _LIBERATION + "LiberationSans-Regular.ttf",
         _LIBERATION + "LiberationSans-Bold.ttf", _LIBERATION + "LiberationSansNarrow-Regular.ttf", _LIBERATION + "LiberationMono-Regular.ttf",
         _DEJAVU + "DejaVuSans.ttf", _DEJAVU + "DejaVuSans-Bold.ttf", _DEJAVU + "DejaVuSerif.ttf", _DEJAVU + "DejaVuSansCondensed.ttf",
         _DEJAVU + "DejaVuSansMono.ttf", _STIX + "STIXGeneral-Regular.otf", _TEX + "lm/lmroman10-regular.otf", _TEX + "lm/lmsans10-regular.otf",
         _ROOT + "truetype/crosextra/Carlito-Regular.ttf", _GYRE + "texgyrepagella-regular.otf", _GYRE + "texgyrebonum-regular.otf",
         _LIBERATION + "LiberationSerif-Italic.ttf", _LIBERATION + "LiberationSans-Italic.ttf", _DEJAVU + "DejaVuSerif-Bold.ttf",
         _ROOT + "truetype/crosextra/Caladea-Regular.ttf", _ROOT + "truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
         _ROOT + "truetype/roboto/unhinted/RobotoCondensed-Regular.ttf", _ROOT + "truetype/open-sans/OpenSans-Regular.ttf",
         _ROOT + "truetype/lato/Lato-Regular.ttf", _LIBERTINE + "LinLibertine_R.otf", _LIBERTINE + "LinBiolinum_R.otf",
         _ROOT + "opentype/ebgaramond/EBGaramond12-Regular.otf", _ROOT + "opentype/inter/Inter-Regular.otf", _ROOT + "truetype/charis/CharisSIL-Regular.ttf",
         _ROOT + "truetype/hack/Hack-Regular.ttf", _LATIN_NOTO + "NotoSans-Regular.ttf", _LATIN_NOTO + "NotoSerif-Regular.ttf"]
# Where arrows, stars and signs come from when the text's own face lacks them.
SYMBOLS = [_DEJAVU + "DejaVuSans.ttf", _NOTO + "NotoSansCJK-Regular.ttc#2", _NOTO + "NotoSerifCJK-Regular.ttc#2", _ARPHIC + "uming.ttc",
           _WQY + "wqy-microhei.ttc", _WQY + "wqy-zenhei.ttc", _STIX + "STIXGeneral-Regular.otf", _LIBERATION + "LiberationSans-Regular.ttf",
           _LIBERATION + "LiberationSerif-Regular.ttf", _TEX + "lm-math/latinmodern-math.otf", _GYRE + "texgyrepagella-regular.otf",
           _ROOT + "truetype/crosextra/Carlito-Regular.ttf", _DEJAVU + "DejaVuSansMono.ttf", _DEJAVU + "DejaVuSerif.ttf",
           _LATIN_NOTO + "NotoSansMath-Regular.ttf", _LATIN_NOTO + "NotoSansSymbols-Regular.ttf", _LIBERTINE + "LinLibertine_R.otf",
           _ROOT + "opentype/inter/Inter-Regular.otf", _ROOT + "truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
           _ROOT + "truetype/charis/CharisSIL-Regular.ttf", _ROOT + "truetype/hack/Hack-Regular.ttf", _ROOT + "truetype/open-sans/OpenSans-Regular.ttf"]
HELD_OUT_HAN = [_ARPHIC + "ukai.ttc"]
HELD_OUT = [_GYRE + name + "-regular.otf" for name in ("texgyreschola", "texgyretermes", "texgyreheros", "texgyreadventor")]


@lru_cache(maxsize=2)
def _faces(held_out):
    han = HELD_OUT_HAN if held_out else HAN
    latin = HELD_OUT + HELD_OUT_HAN if held_out else LATIN
    symbols = HELD_OUT_HAN + HELD_OUT if held_out else SYMBOLS
    return [[path for path in paths if exists(path)] for paths in (han, latin, symbols)]


@dataclass
class Look:
    """Lengths in em of the line."""
    latin: str
    han: str
    symbols: list       # tried in this order for marks
    fallback: list      # for what none of these has
    em: int
    script: float       # size of a raised or lowered character
    rise: float         # of a raised one's baseline
    drop: float         # of a lowered one's
    script_characters: bool  # ⁹ as a character of the face where it has one
    letter_gap: float
    drawn_arrows: bool  # arrows as lines, as machines draw them

    def face_of(self, character):
        if "\u4e00" <= character <= "\u9fff" or character in "，。：；、（）【】《》？！　":
            order = [self.han, *self.fallback]
        elif character in "↑↓→←★☆±−∗＋－＊▲▼":
            order = [*self.symbols, self.latin, self.han, *self.fallback]
        else:
            order = [self.latin, self.han, *self.fallback]
        return next((path for path in order if has(path, character)), None)


def random_look(random, held_out=False):
    han, latin, symbols = _faces(held_out)
    own = han[random.integers(len(han))]
    text = own if random.random() < 0.45 else latin[random.integers(len(latin))]
    first = [text, own] if random.random() < 0.5 else []
    others = [symbols[i] for i in random.permutation(len(symbols))]
    between = random.uniform
    characters = random.random() < 0.3
    return Look(text, own, first + others, han + symbols + HAN + SYMBOLS, int(between(40, 54)), between(0.55, 0.78), between(0.26, 0.5), between(0.08, 0.28),
                characters, between(-0.02, 0.08) if random.random() < 0.4 else 0.0, not held_out and random.random() < 0.2)
