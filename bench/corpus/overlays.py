"""Red seals and grey watermarks, drawn by the browser once for a corpus run. Names are invented."""
import cv2
import numpy as np

_SEAL_TEXTS = [("望河市第二人民医院", "检验专用章"), ("云岭县中医院", "病历复印专用章"), ("东湖大学附属医院", "诊断专用章"),
               ("江北妇幼保健院", "报告专用章"), ("南屏区中心医院", "体检专用章"), ("海棠肿瘤医院", "病理诊断专用章")]
_WATERMARKS = ["仅供临床参考", "复印件", "内部资料", "COPY", "病案室存档"]


def _seal_html(name, purpose, size, star):
    center = ('<path d="M100 62l9.4 28.9h30.4l-24.6 17.9 9.4 28.9L100 119.8 75.4 137.7l9.4-28.9L60.2 90.9h30.4z" '
              'fill="#d01818"/>' if star else "")
    letters = "".join(
        f'<text transform="rotate({-120 + 240 * (i + 0.5) / len(name):.1f} 100 100)" x="100" y="38" font-size="21" '
        f'text-anchor="middle">{c}</text>' for i, c in enumerate(name))
    return (f'<body style="margin:0;background:transparent"><svg width="{size}" height="{size}" viewBox="0 0 200 200" '
            f'font-family="Noto Serif CJK SC" font-weight="bold" fill="#d01818"><circle cx="100" cy="100" r="93" '
            f'fill="none" stroke="#d01818" stroke-width="5"/>{center}{letters}'
            f'<text x="100" y="165" font-size="16" text-anchor="middle">{purpose}</text></svg>')


def _picture(browser, html, width, height):
    browser.load(html, width, height)
    return cv2.imdecode(np.frombuffer(browser.screenshot(width, height, transparent=True), np.uint8), cv2.IMREAD_UNCHANGED)


def draw_overlays(browser):
    """{"seals": [...], "watermarks": [...]}, BGRA uint8, sized for a 200 DPI page (a seal is 4 cm across)."""
    seals = [_picture(browser, _seal_html(name, purpose, size, star), size, size)
             for (name, purpose), size, star in zip(_SEAL_TEXTS, (320, 300, 335, 290, 315, 345),
                                                    (True, True, False, True, True, False))]
    watermarks = []
    for text in _WATERMARKS:
        width = 170 * len(text) if not text.isascii() else 110 * len(text)
        watermarks.append(_picture(browser, (
            f'<body style="margin:0;background:transparent"><div style="font:bold 160px \'Noto Sans CJK SC\';'
            f'color:rgba(120,120,120,.42);white-space:nowrap">{text}</div>'), width, 240))
    return {"seals": seals, "watermarks": watermarks}
