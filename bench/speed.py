#!/usr/bin/env python3
"""Speed and memory of `medmark parse` on the corpus: native and scanned pages, stages, cold start, peak memory.

Usage: speed.py [--binary build/medmark] [--corpus DIR] [--documents 20] [--threads N] [--only REGEX] [--json FILE]
Wall times mean what they say only while the machine does nothing else; processor seconds are given beside them. Memory is
the proportional set size of the whole process tree (decoders included), sampled every 50 ms.
"""
import argparse
import json
import os
import re
import subprocess
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

from score import table
from selection import GROUPS, choose

ROOT = Path(__file__).resolve().parent.parent
SAMPLE_SECONDS = 0.05


def _children(pid):
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def _tree_bytes(pid):
    """Proportional set size of a process and everything below it; processes that are gone count as nothing."""
    total, queue = 0, [pid]
    while queue:
        process = queue.pop()
        queue += _children(process)
        try:
            match = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.M)
        except OSError:
            continue
        total += int(match.group(1)) * 1024 if match else 0
    return total


class Run:
    """One run of the program: wall and processor seconds, peak memory in bytes."""

    def __init__(self, command):
        peak = [0]
        before = os.times()
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

        def watch():
            while process.poll() is None:
                peak[0] = max(peak[0], _tree_bytes(process.pid))
                time.sleep(SAMPLE_SECONDS)
        watcher = threading.Thread(target=watch)
        watcher.start()
        self.errors = process.stderr.read().decode(errors="replace")
        self.status = process.wait()
        self.wall = time.monotonic() - started
        watcher.join()
        after = os.times()
        self.processor = after.children_user + after.children_system - before.children_user - before.children_system
        self.peak = peak[0]


def stage_means(folder):
    """(pages, {stage: mean ms}) over all pages of all JSON results."""
    pages, sums = 0, defaultdict(float)
    for result in folder.rglob("*.json"):
        for page in json.loads(result.read_text(encoding="utf-8"))["pages"]:
            pages += 1
            for stage, milliseconds in page.get("timings_ms", {}).items():
                sums[stage] += milliseconds
    return pages, {stage: total / max(pages, 1) for stage, total in sums.items()}


def measure(options):
    results = {}
    threads = ["--threads", str(options.threads)] if options.threads else []
    for group, grades in GROUPS.items():
        files = choose(options.corpus, grades, options.documents, options.only)
        if not files:
            continue
        with tempfile.TemporaryDirectory() as out:
            run = Run([options.binary, "parse", *map(str, files), "-o", out, *threads])
            pages, stages = stage_means(Path(out))
        if run.status:
            print(f"{group}: exit status {run.status}: {run.errors[:300]}")
        results[group] = {"documents": len(files), "pages": pages, "wall_s": run.wall, "processor_s": run.processor, "peak_bytes": run.peak,
                          "pages_per_s": pages / run.wall, "ms_per_page": 1000 * run.wall / max(pages, 1),
                          "processor_ms_per_page": 1000 * run.processor / max(pages, 1), "stages_ms": stages}
        with tempfile.TemporaryDirectory() as out:
            cold = min((Run([options.binary, "parse", str(files[0]), "-o", out, *threads]) for _ in range(3)), key=lambda r: r.wall)
        results[group]["cold_start_s"] = cold.wall
    return results


def report(results):
    rows = [[group, r["pages"], f"{r['pages_per_s']:.2f}", f"{r['ms_per_page']:.0f}", f"{r['processor_ms_per_page']:.0f}",
             f"{r['cold_start_s']:.2f}", f"{r['peak_bytes'] / 2**20:.0f}"] for group, r in results.items()]
    print(table(["pages", "count", "pages/s", "ms a page", "processor ms a page", "one document alone, s", "peak memory, MiB"], rows))
    stages = sorted({s for r in results.values() for s in r["stages_ms"]})
    rows = [[stage] + [f"{r['stages_ms'].get(stage, 0):.1f}" for r in results.values()] for stage in stages]
    print("\n" + table(["stage, ms a page", *results], rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / "build" / "medmark"))
    parser.add_argument("--corpus", type=Path, default=ROOT / "build" / "bench" / "corpus")
    parser.add_argument("--documents", type=int, default=20, help="of each group")
    parser.add_argument("--threads", type=int, default=0, help="0: the program's own choice")
    parser.add_argument("--only", default=".")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    results = measure(options)
    report(results)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
