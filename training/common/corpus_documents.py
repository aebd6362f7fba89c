"""Training data from the corpus generator of bench/: documents drawn one a seed in some processes, each with a browser of its own.

For recipes that run in the bench's environment and have bench/corpus on their path; same seeds, same bytes.
"""
import argparse
import json
import multiprocessing
from pathlib import Path

import cv2
from browser import Browser
from overlays import draw_overlays
from worker import worker_state

SAVED_EVERY = 25  # documents
STATE = {}        # of this process: its browser and what it draws with, see worker.py


def _start_worker():
    STATE.update(worker_state())


def _write_overlays(out, dots_per_inch):
    folder = out / "overlays"
    folder.mkdir(parents=True, exist_ok=True)
    with Browser() as browser:
        for kind, pictures in draw_overlays(browser).items():
            for number, picture in enumerate(pictures):
                scale = dots_per_inch / 200
                cv2.imwrite(str(folder / f"{kind}-{number}.png"), cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def write_documents(description, make, noun, dots_per_inch, documents, first_seed):
    """Reads the arguments and writes OUT: overlays/, what make((seed, "known" or "unseen", OUT)) writes for each seed, and all that it returns, a
    dict of JSON values by name, in NOUN.json. `make` is a function of a module, so that the other processes find it."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=documents)
    parser.add_argument("--first-seed", type=int, default=first_seed)
    parser.add_argument("--unseen", action="store_true", help="only the layouts that no rule was tuned on")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    _write_overlays(options.out, dots_per_inch)
    layouts = "unseen" if options.unseen else "known"
    tasks = [(options.first_seed + i, layouts, options.out) for i in range(options.documents)]
    entries = {}
    with multiprocessing.Pool(options.workers, _start_worker) as pool:
        for count, made in enumerate(pool.imap(make, tasks), 1):
            entries.update(made)
            if count % SAVED_EVERY == 0 or count == len(tasks):
                (options.out / f"{noun}.json").write_text(json.dumps(entries, ensure_ascii=False))
    print(f"{len(entries)} {noun} in {options.out}")
