#!/usr/bin/env python3
"""The Python reference on the same pages: rapidocr 3.10, text only, seconds a page.

Usage: peer_rapidocr.py [--corpus DIR] [--pages 10] [--threads N]
Runs in its own virtual environment (bench/run.sh peer makes it from requirements-peer.txt). Pages are rendered
beforehand, so that only the reading is timed; medmark's own time beside it includes everything.
"""
import argparse
import os
import time
from pathlib import Path

import numpy as np
import pypdfium2

from selection import GROUPS, choose

ROOT = Path(__file__).resolve().parent.parent


def page_pictures(files):
    for file in files:
        with pypdfium2.PdfDocument(file) as document:
            for page in document:
                yield np.ascontiguousarray(page.render(scale=200 / 72).to_numpy()[:, :, :3])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT / "build" / "bench" / "corpus")
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--only", default=".")
    options = parser.parse_args()
    from rapidocr import RapidOCR
    engine = RapidOCR(params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": options.threads})
    pictures = list(page_pictures(choose(options.corpus, GROUPS["scanned"], options.pages, options.only)))[:options.pages]
    engine(pictures[0])  # the first page pays for warming up
    processor, started = time.process_time(), time.monotonic()
    for picture in pictures:
        engine(picture)
    wall, processor = time.monotonic() - started, time.process_time() - processor
    print(f"rapidocr, text only: {wall / len(pictures):.2f} s a page, {processor / len(pictures):.2f} processor s a page, "
          f"{len(pictures)} scanned pages, {options.threads} threads")


if __name__ == "__main__":
    main()
