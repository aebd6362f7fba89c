"""Which files of the corpus a measurement runs on."""
import re

GROUPS = {"native": ("native",), "scanned": ("good", "mid", "bad", "photo", "fax")}


def choose(corpus, grades, count, only):
    """`count` documents spread evenly over the corpus, the grades in turn."""
    files = sorted(f for f in corpus.glob("*.pdf") if f.name.split(".")[-2] in grades and re.search(only, f.name))
    step = max(1, len(files) // count)
    if len(grades) > 1 and step % len(grades) == 0:
        step += 1  # so that not every file is of the same grade
    return files[::step][:count]
