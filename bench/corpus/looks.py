"""How a hospital's reports look: fonts, sizes, rules, colours. A look is drawn at random from a generator."""

_FONTS = [
    ("Noto Serif CJK SC", "serif"), ("Noto Sans CJK SC", "sans"), ("WenQuanYi Zen Hei", "sans"),
    ("WenQuanYi Micro Hei", "sans"), ("AR PL UMing CN", "thin"), ("AR PL UKai CN", "thin"),
]
_LATIN_FONTS = ["DejaVu Sans", "DejaVu Serif", "Noto Sans CJK SC", "Noto Serif CJK SC", "DejaVu Sans Condensed"]
# Fonts whose glyphs for ⁰…⁹ and ₀…₉ are complete enough to be printed as characters.
_HAS_SCRIPTS = {"Noto Serif CJK SC", "Noto Sans CJK SC", "DejaVu Sans", "DejaVu Serif", "DejaVu Sans Condensed",
                "WenQuanYi Zen Hei", "WenQuanYi Micro Hei"}


def draw_look(random, language="zh", overrides=None):
    """A look: CSS variables, body classes, the colon of key-value pairs, how scripts are set."""
    def pick(*options):
        return options[int(random.integers(len(options)))]

    font, kind = _FONTS[int(random.integers(len(_FONTS)))] if language == "zh" else (pick(*_LATIN_FONTS), "latin")
    heading = font if kind != "thin" or random.random() < 0.5 else pick("WenQuanYi Zen Hei", "Noto Sans CJK SC")
    size = round(random.uniform(12.5, 15.5) * 2) / 2
    colored = random.random() < 0.3
    scripts = "raised" if font not in _HAS_SCRIPTS or random.random() < 0.6 else "characters"
    classes = [pick("plain", "plain", "bars", "marked", "underruled")]
    if random.random() < 0.4:
        classes.append("bold-heads")
    if random.random() < 0.2:
        classes.append("centred-cells")
    quoted = f"'{font}','DejaVu Sans'" if language != "zh" else f"'{font}','Noto Sans CJK SC'"
    css = {
        "font": quoted, "heading-font": f"'{heading}'", "size": f"{size}px",
        "leading": f"{random.uniform(1.5, 1.95):.2f}", "ink": pick("#000", "#000", "#111", "#1c1c1c"),
        "accent": pick("#123a6b", "#0b5d4a", "#7a1f1f") if colored else "#000",
        "shade": pick("#e6eef6", "#ececec", "#f1ede2"), "line": pick("#000", "#000", "#444", "#777"),
        "margin-top": f"{int(random.integers(30, 64))}px", "margin-side": f"{int(random.integers(40, 76))}px",
        "margin-bottom": f"{int(random.integers(26, 52))}px", "title-size": f"{int(random.integers(19, 28))}px",
        "title-align": pick("center", "center", "center", "center", "left"),
        "title-spacing": pick("normal", "normal", "normal", "3px"),
        "heading-size": f"{size + pick(1, 1.5, 2, 3)}px", "heading-weight": pick("bold", "bold", "bold", "600"),
        "heading-gap": f"{int(random.integers(6, 14))}px", "paragraph-gap": f"{pick(0, 0, 2, 4)}px",
        "indent": pick("2em", "2em", "2em", "0") if language == "zh" else pick("0", "0", "1.5em"),
        "text-align": pick("justify", "left"), "table-gap": f"{int(random.integers(5, 12))}px",
        "table-size": f"{size - pick(0, 0, 0.5, 1)}px",
        "cell-padding": f"{int(random.integers(1, 6))}px {int(random.integers(4, 10))}px",
        "caption-size": f"{size - pick(0, 1, 1.5)}px", "furniture-size": f"{pick(10, 11, 12)}px",
        "furniture-rule": pick("none", "1px solid #000", "1px solid #888"),
    }
    look = {"css": css, "classes": " ".join(classes), "scripts": scripts,
            "colon": pick("：", "：", "：", ":", ": ") if language == "zh" else pick(": ", ": ", ":")}
    for key, value in (overrides or {}).items():
        if key in look:
            look[key] = value
        else:
            css[key] = value
    return look
