#!/usr/bin/env python3
"""Milliseconds that a DOCX of ten pages takes: `medmark parse` on 41 copies less on one, divided by 40. One thread.

Usage: docx_speed.py [--binary build/medmark] [--runs 3]
The start of the program and of its decoder is in both and cancels out. The least of the runs is printed with its
processor time: other programs on the machine only add.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(Path(__file__).resolve().parent / "corpus"))
import office  # noqa: E402
from report import Cell, Paragraph, Report, Table, Title  # noqa: E402

COPIES = 40
_SENTENCE = "患者入院后完善相关检查，予抗感染、补液及对症治疗，症状较前好转，复查血常规白细胞6.8×10⁹/L，肝肾功能未见明显异常。"


def ten_pages():
    """Ten pages of 10.5 point: on each a heading, twelve paragraphs and a table of twelve rows."""
    blocks = [Title("住院病历", 1)]
    for page in range(1, 11):
        blocks.append(Title(f"第{page}次病程记录", 2))
        blocks += [Paragraph(_SENTENCE * 2) for _ in range(12)]
        rows = [["项目", "结果", "单位", "参考区间"]] + [[f"项目{i}", f"{i}.{page}↑", "mmol/L", "3.5-5.3"] for i in range(11)]
        blocks.append(Table([[Cell(text) for text in row] for row in rows]))
    return Report("progress_note", blocks)


def seconds(binary, files, out):
    """(wall, processor) of one run."""
    before, started = os.times(), time.monotonic()
    subprocess.run([binary, "parse", *files, "-o", out, "--threads", "1", "--device", "cpu"], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return time.monotonic() - started, after.children_user + after.children_system - before.children_user - before.children_system


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / "build" / "medmark"))
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="medmark-docx-") as folder:
        first = Path(folder) / "0.docx"
        office.write_docx(ten_pages(), first)
        files = [first] + [Path(shutil.copy(first, Path(folder) / f"{i}.docx")) for i in range(1, COPIES + 1)]
        best = [float("inf")] * 2
        for run in range(options.runs):
            one = seconds(options.binary, files[:1], Path(folder) / f"one{run}")
            all_ = seconds(options.binary, files, Path(folder) / f"all{run}")
            best = [min(b, 1000 * (a - o) / COPIES) for b, a, o in zip(best, all_, one)]
    print(f"DOCX of ten pages: {best[0]:.1f} ms wall, {best[1]:.1f} ms of a processor")


if __name__ == "__main__":
    main()
