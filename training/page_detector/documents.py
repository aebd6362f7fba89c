#!/usr/bin/env python3
"""Page pictures with labelled regions for the page detector, from the corpus generator of bench/.

Usage: documents.py OUT [--documents 900] [--first-seed 5000] [--unseen] [--workers 2]
OUT gets NUMBER-PAGE.png (90 DPI, the printed page before any scan), overlays/*.png (seals and watermarks with their
transparency) and pages.json: {"NUMBER-PAGE": [[class, x0, y0, x1, y1], ...]} in fractions of the page. Runs in the
bench's environment (bench/requirements.txt, Chromium, fonts); same seeds, same bytes.

Half of the documents are reports as the corpus makes them; the others are made of blocks of two or three reports and
are dressed with running headers, footers, page numbers and captions, so that the model learns how things look and not
one order of things. The seeds are none that the benchmark uses.
"""
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench" / "corpus"))
import cv2  # noqa: E402
import pypdfium2  # noqa: E402

import formulas  # noqa: E402
import pictures  # noqa: E402
from browser import BrowserError  # noqa: E402
from corpus_documents import STATE, write_documents  # noqa: E402
from layouts import LAYOUTS, UNSEEN  # noqa: E402
from looks import draw_look  # noqa: E402
from rendering import PAGINATE, PAPER, page_html  # noqa: E402
from report import Aside, Columns, Figure, FigureRow, Formula, KeyValues, Paragraph, Table, Title  # noqa: E402

from regions import labelled  # noqa: E402

DOTS_PER_INCH = 90
SEALED_SHARE = 0.15

_HEADERS = ["{hospital}", "{hospital}    姓名：{name}    住院号：{number}", "{name}    {number}    第 {page} 页",
            "{hospital}    {date}", "病历号：{number}    第 {page} 页", "{hospital}检验科    No.{number}", "{date}    {page}/{pages}"]
_FOOTERS = ["本报告仅对所检标本负责    第 {page} 页 共 {pages} 页", "打印时间：{date} 10:32    第 {page} 页", "仅供临床参考，不作证明用途",
            "地址：{hospital}门诊楼三层  电话：0000-5550123", "注：此报告须经医师签字后有效    {page} / {pages}", "第 {page} 页", "- {page} -",
            "{page}", "Page {page} of {pages}", "第{page}页  共{pages}页", "{hospital}    {page} / {pages}", "打印人：{name}    打印时间：{date}"]
_CAPTIONS = ["表{n} 检验结果", "表 {n}  生命体征记录", "Table {n}. Laboratory results", "表{n}-1 用药情况", "附表：既往检查结果", "血常规检查结果（{date}）",
             "表{n}", "续表{n} 检验结果", "Table {n}: Vital signs on admission", "表{n}：住院期间主要检验指标变化", "附表{n} 用药记录", "Tab. {n}"]
_FIGURE_CAPTIONS = ["图{n} 超声所见", "图 {n}  胸部正位片", "Figure {n}. Chest radiograph", "图{n}-1：病理切片（HE×200）", "影像示意图"]


def _pick(random, options):
    return options[int(random.integers(len(options)))]


def _filled(random, text):
    names = ["张国栋", "李秀英", "王建军", "欧阳晓丽", "陈志强"]
    hospitals = ["东湖大学附属医院", "云岭县中医院", "望河市第二人民医院", "南屏区中心医院"]
    return (text.replace("{hospital}", _pick(random, hospitals)).replace("{name}", _pick(random, names))
            .replace("{number}", f"{random.integers(10**7):07d}").replace("{n}", str(random.integers(1, 6)))
            .replace("{date}", f"20{random.integers(18, 27)}-{random.integers(1, 13):02d}-{random.integers(1, 29):02d}"))


def _leaves(blocks):
    for block in blocks:
        if isinstance(block, Columns):
            yield from block.blocks
        elif isinstance(block, Aside):
            yield from [*block.left, *block.right]
        elif isinstance(block, FigureRow):
            yield from block.figures
        elif isinstance(block, (Title, Paragraph, KeyValues, Table, Figure, Formula)):
            yield block


def _mixed(random, layouts, language):
    """Slices of several reports' blocks one after another."""
    reports = []
    while len(reports) < int(random.integers(2, 4)):
        made = layouts[int(random.integers(len(layouts)))][2](random)
        if made.language == language:
            reports.append(made)
    blocks = []
    for made in reports:
        leaves = list(_leaves(made.blocks))
        start = int(random.integers(max(1, len(leaves) // 2)))
        blocks += leaves[start:start + int(random.integers(3, 12))]
    first = reports[0]
    first.blocks = blocks
    return first


def _drawing(random):
    drawn = [pictures.ultrasound, pictures.endoscopy, pictures.radiograph, pictures.tomogram, pictures.tissue_section,
             pictures.heart_tracing_svg, pictures.bar_chart_svg, pictures.line_chart_svg]
    made = _pick(random, drawn)(random)
    return made if isinstance(made, str) else pictures.image_tag(made, int(random.integers(120, 300)))


def _dress(random, report):
    """Furniture, captions and formulas beyond those the layout has."""
    if random.random() < 0.6:
        report.header = _filled(random, _pick(random, _HEADERS))
    if random.random() < 0.75:
        report.footer = _filled(random, _pick(random, _FOOTERS))
    for block in _leaves(report.blocks):
        if isinstance(block, Table) and random.random() < 0.6:
            block.caption, block.caption_below = _filled(random, _pick(random, _CAPTIONS)), bool(random.random() < 0.25)
        if isinstance(block, Figure):
            block.caption_above = bool(random.random() < 0.25)
            if random.random() < 0.5:
                block.caption = _filled(random, _pick(random, _FIGURE_CAPTIONS))
    if random.random() < 0.35:
        for _ in range(int(random.integers(1, 4))):
            _, formula = formulas.clinical_formulas(random)[0]
            report.blocks.insert(int(random.integers(len(report.blocks) + 1)), formula)
    if random.random() < 0.3:
        figures = [Figure(_drawing(random), _filled(random, _pick(random, _FIGURE_CAPTIONS)), bool(random.random() < 0.3))
                   for _ in range(int(random.integers(1, 3)))]
        report.blocks.insert(int(random.integers(len(report.blocks) + 1)), FigureRow(figures) if len(figures) > 1 else figures[0])


def _composed(seed, layouts, browser):
    for attempt in range(12):
        random = np.random.default_rng([seed, attempt])
        report = layouts[int(random.integers(len(layouts)))][2](random)
        if random.random() < 0.5:
            if random.random() < 0.6:
                report = _mixed(random, layouts, report.language)
            _dress(random, report)
        look = draw_look(random, report.language, report.look)
        width, height, _ = PAPER[report.paper]
        seal = _pick(random, STATE["seals"]) if random.random() < SEALED_SHARE else None
        browser.load(page_html(report, look, seal), width, height)
        try:
            placed = browser.evaluate(PAGINATE)
        except BrowserError:
            continue
        return placed, browser.print_pdf()
    return None


def _make(task):
    seed, layouts_name, out = task
    made = _composed(seed, UNSEEN if layouts_name == "unseen" else LAYOUTS, STATE["browser"])
    if made is None:
        return {}
    placed, pdf = made
    pages = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for index in range(min(len(document), 4)):
            picture = document[index].render(scale=DOTS_PER_INCH / 72).to_numpy()[:, :, :3]
            regions = labelled([r for r in placed["regions"] if r["page"] == index], picture, DOTS_PER_INCH / 72)
            if not regions:
                continue
            name = f"{seed:06d}-{index}"
            cv2.imwrite(str(out / f"{name}.png"), picture)
            pages[name] = regions
    return pages


if __name__ == "__main__":
    write_documents(__doc__, _make, "pages", DOTS_PER_INCH, documents=900, first_seed=5000)
