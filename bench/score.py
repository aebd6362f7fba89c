#!/usr/bin/env python3
"""Scores results of `medmark parse` against the truth of the corpus.

Usage: score.py OUT [OTHER] [--corpus DIR] [--only REGEX] [--worst N] [--json FILE] [--details]
OUT holds NAME.GRADE.md and NAME.GRADE.json. With OTHER (a second folder) both stand side by side with their difference.

Metrics, 1 is perfect. Averaged over documents: text (1 - edit distance of running text in reading order), order (pairs
of blocks that stand in the right order), teds and teds_s (tables with and without cell text), head (F1 of headings),
level (headings with the right level), form (LaTeX tokens). Pooled: marks (F1 of scripts, arrows, Greek, Roman), cap
(captions kept), merge (tables over a page break that are one), labs (F1 of whole rows), field (F1 of all other fields).
A missing result scores 0. `silent` is the share of values that are wrong and not marked needs_review (0 is perfect).
"""
import argparse
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from scoring import fields, labs, markdown, tables, text
from scoring.values import ValueLog

GRADES = ("native", "good", "mid", "bad", "photo", "fax")
OFFICE = ("docx", "pptx")  # of a corpus that was asked for them
METRICS = ("text", "order", "marks", "teds", "teds_s", "merge", "head", "level", "cap", "form", "labs", "field", "silent")
CONFIDENCE_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0001)


@dataclass
class DocumentScore:
    """`means` hold one number each; `pooled` hold (hits, total); `values` logs every extracted value."""
    name: str
    grade: str
    kind: str
    means: dict = field(default_factory=dict)
    pooled: dict = field(default_factory=dict)
    values: ValueLog = field(default_factory=ValueLog)
    per_field: dict = field(default_factory=dict)


def add_pairs(a, b):
    """The sum of two (hits, total); None counts as nothing."""
    return (a[0] + b[0], a[1] + b[1]) if a and b else a or b


def score_document(name, grade, truth, content, document):
    """Everything about one result; `content` is its Markdown ("" where missing), `document` its JSON or None."""
    score = DocumentScore(name, grade, truth["clinical"]["document_type"])
    page = markdown.read(content)
    blocks = truth["blocks"]
    score.means["text"] = text.similarity(blocks, page)
    score.means["order"] = text.order(blocks, page)
    wanted = tables.truth_tables(blocks)
    if wanted:
        score.means["teds"] = tables.best_match(wanted, page.tables, structure=False)
        score.means["teds_s"] = tables.best_match(wanted, page.tables, structure=True)
    if any(b.get("continues") or b.get("parts", 1) > 1 for b in blocks):
        score.pooled["merge"] = (int(len(page.tables) == len(wanted)), 1)
    score.means["head"], score.means["level"] = text.headings(blocks, page)
    score.means["form"] = text.formulas(blocks, page)
    score.pooled["cap"] = text.captions(blocks, page)
    score.pooled["marks"] = text.marks(blocks, content)
    score_values(score, truth, document)
    score.means = {k: v for k, v in score.means.items() if v is not None}
    score.pooled = {k: v for k, v in score.pooled.items() if v is not None and v[1]}
    return score


def score_values(score, truth, document):
    """Adds the clinical values of one result to its score."""
    blocks = truth["blocks"]
    clinical = (document or {}).get("clinical") or {}
    for wanted_part, found_part in fields.parts(truth["clinical"], clinical):
        counts, hits = fields.compare(wanted_part, found_part, score.values)
        rows = labs.compare(wanted_part, blocks, found_part, score.values, counts)
        score.per_field = {key: [a + b for a, b in zip(score.per_field.get(key, [0] * 4), counts.get(key, [0] * 4))]
                           for key in {*score.per_field, *counts}}
        score.pooled["field"] = add_pairs(score.pooled.get("field"), hits)
        score.pooled["labs"] = add_pairs(score.pooled.get("labs"), rows)


def score_folder(out, corpus, only=".", names=None, values_only=False):
    """Scores of every document of the corpus whose PDF is there; `values_only` leaves out text, tables and headings."""
    scores = []
    for truth_file in sorted(corpus.glob("*.truth.json")):
        name = truth_file.name.removesuffix(".truth.json")
        truth = None
        for grade in (*GRADES, *OFFICE):
            stem = f"{name}.{grade}"
            if not (corpus / f"{stem}.{grade if grade in OFFICE else 'pdf'}").exists() or not re.search(only, stem) or (names is not None and stem not in names):
                continue
            truth = truth or json.loads(truth_file.read_text(encoding="utf-8"))
            content, document = out / f"{stem}.md", out / f"{stem}.json"
            result = json.loads(document.read_text(encoding="utf-8")) if document.exists() else None
            if values_only:
                scores.append(DocumentScore(name, grade, truth["clinical"]["document_type"]))
                score_values(scores[-1], truth, result)
            else:
                scores.append(score_document(name, grade, truth, content.read_text(encoding="utf-8") if content.exists() else "", result))
    return scores


def summarise(scores):
    """{metric: value} over the given documents."""
    summary = {}
    for metric in METRICS:
        means = [s.means[metric] for s in scores if metric in s.means]
        pooled = [s.pooled[metric] for s in scores if metric in s.pooled]
        if means:
            summary[metric] = sum(means) / len(means)
        elif pooled:
            summary[metric] = sum(p[0] for p in pooled) / sum(p[1] for p in pooled)
    logs = [s.values for s in scores]
    total = sum(log.total for log in logs)
    if total:
        summary["silent"] = sum(log.silent for log in logs) / total
    return summary


def group(scores, key):
    groups = defaultdict(list)
    for score in scores:
        groups[key(score)].append(score)
    return groups


def table(head, rows):
    """A Markdown table."""
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] + ["---:"] * (len(head) - 1), *rows])


def number(value):
    return "" if value is None else f"{value:.3f}"


def accuracy_table(label, groups, order, other=None):
    rows = []
    for key in order:
        if key not in groups:
            continue
        mine = summarise(groups[key])
        rows.append([key] + [number(mine.get(m)) for m in METRICS])
        if other is not None:
            theirs = summarise(other.get(key, []))
            rows.append(["· other"] + [number(theirs.get(m)) for m in METRICS])
            rows.append(["· change"] + [f"{mine[m] - theirs[m]:+.3f}" if m in mine and m in theirs else "" for m in METRICS])
    return table([label, *METRICS], rows)


def field_table(scores):
    """Precision and recall per field over all given documents; `extra` are values the truth does not have."""
    pooled = defaultdict(lambda: [0, 0, 0, 0])
    for score in scores:
        for key, counts in score.per_field.items():
            pooled[key] = [a + b for a, b in zip(pooled[key], counts)]
    rows = [[key, total, f"{right / max(total, 1):.3f}" if total else "", f"{right / max(right + wrong, 1):.3f}" if right + wrong else "", extra]
            for key, (total, right, wrong, extra) in sorted(pooled.items())]
    return table(["field", "in truth", "recall", "precision", "extra"], rows)


def calibration_table(scores):
    """How often values of a confidence are right."""
    bins = [[0, 0, 0] for _ in CONFIDENCE_BINS[1:]]
    for score in scores:
        for value in score.values.entries:
            place = next(i for i, top in enumerate(CONFIDENCE_BINS[1:]) if value.confidence < top)
            bins[place][0] += 1
            bins[place][1] += value.right
            bins[place][2] += value.review
    rows = [[f"{low:.2f} to {min(high, 1):.2f}", count, f"{right / count:.4f}" if count else "", f"{review / count:.3f}" if count else ""]
            for (low, high), (count, right, review) in zip(zip(CONFIDENCE_BINS, CONFIDENCE_BINS[1:]), bins)]
    return table(["confidence", "values", "right", "marked needs_review"], rows)


def worst_documents(scores, count):
    def badness(score):
        parts = [v for k, v in score.means.items() if k in ("text", "teds", "head")]
        parts += [a / b for k, (a, b) in score.pooled.items() if k in ("labs", "field")]
        return sum(parts) / len(parts)
    rows = []
    for score in sorted(scores, key=badness)[:count]:
        values = {**score.means, **{k: a / b for k, (a, b) in score.pooled.items()}}
        rows.append([f"{score.name}.{score.grade}"] + [number(values.get(m)) for m in METRICS])
    return table(["document", *METRICS], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("other", type=Path, nargs="?")
    parser.add_argument("--corpus", type=Path, default=Path(__file__).resolve().parent.parent / "build" / "bench" / "corpus")
    parser.add_argument("--only", default=".")
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--details", action="store_true", help="tables by report type, by field and by confidence too")
    options = parser.parse_args()
    scores = score_folder(options.out, options.corpus, options.only)
    if not scores:
        sys.exit("no document of the corpus matches")
    other = score_folder(options.other, options.corpus, options.only) if options.other else None
    by_grade = group(scores, lambda s: s.grade)
    other_by_grade = group(other, lambda s: s.grade) if other else None
    print(accuracy_table("grade", by_grade, (*GRADES, *OFFICE), other_by_grade))
    if options.details:
        by_kind = group(scores, lambda s: s.kind)
        print("\n" + accuracy_table("report type", by_kind, sorted(by_kind), group(other, lambda s: s.kind) if other else None))
        print("\n" + field_table(scores))
        print("\n" + calibration_table(scores))
    if options.worst:
        print("\n" + worst_documents(scores, options.worst))
    if options.json:
        options.json.write_text(json.dumps({
            "summary": {g: summarise(s) for g, s in by_grade.items()},
            "documents": {f"{s.name}.{s.grade}": {**s.means, **{k: a / b for k, (a, b) in s.pooled.items()}} for s in scores}},
            ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
