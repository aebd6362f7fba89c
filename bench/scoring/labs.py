"""Lab rows: whole rows for the F1, single values for the log."""
from scoring.normal import distance, fold, same_range, same_unit

_COLUMNS = ("name", "value", "unit", "reference_range")
# The log of values asks for the meaning: how a unit is spelled and which dash a range has is not counted as wrong there.
_SAME = {"unit": same_unit, "reference_range": same_range}
_FLAGS = {"↑": "H", "↓": "L"}
# Rows whose names differ by more than this share of edits are not the same item.
SAME_NAME = 0.45


def _key(row):
    flag = row.get("flag") or ""
    return tuple(fold(str(row.get(c) or "")) for c in _COLUMNS) + (_FLAGS.get(flag, flag),)


def _pairs(wanted, found):
    """Greedy pairs (i, j) of wanted and found rows, most alike first."""
    scored = []
    for i, a in enumerate(wanted):
        for j, b in enumerate(found):
            name = distance(a[0], b[0])
            if name <= SAME_NAME:
                scored.append((name + (a[1] != b[1]) + 0.3 * (a[2] != b[2]) + 0.001 * abs(i - j), i, j))
    used_wanted, used_found, made = set(), set(), []
    for _, i, j in sorted(scored):
        if i not in used_wanted and j not in used_found:
            used_wanted.add(i)
            used_found.add(j)
            made.append((i, j))
    return made


def _mentioned(row, prose):
    """Whether the row's item and value stand in running text, where the truth lists no rows."""
    return row[0] != "" and row[0] in prose and row[1] in prose


def compare(truth, blocks, clinical, log, counts):
    """`truth` and `clinical` are the clinical objects of one report, `blocks` the truth's blocks of the whole file.

    (2 * equal rows, rows wanted + rows found); None where neither side has any. Logs every value of every row,
    and adds to `counts` {"lab_results.PIECE": [in truth, right, wrong, extra]}."""
    wanted = [_key(r) for r in truth.get("lab_results") or []]
    rows = clinical.get("lab_results") or []
    prose = fold("".join(b.get("text", "") for b in blocks if b["type"] == "paragraph")
                 + "".join(b["html"] for b in blocks if b["type"] == "table" and not wanted))
    found = [_key(r) for r in rows]
    pairs = dict((j, i) for i, j in _pairs(wanted, found))
    evidence = clinical.get("evidence") or {}
    equal = counted = 0
    names = [f"lab_results.{name}" for name in (*_COLUMNS, "flag")]
    for row in wanted:
        for name, text in zip(names, row):
            counts.setdefault(name, [0, 0, 0, 0])[0] += bool(text)
    for j, row in enumerate(found):
        if j not in pairs and _mentioned(row, prose):
            continue
        counted += 1
        target = wanted[pairs[j]] if j in pairs else None
        equal += row == target
        proof = evidence.get(f"lab_results.{j}") or {"confidence": rows[j].get("confidence", 0.0)}
        review = bool(rows[j].get("needs_review"))
        for column, name in enumerate((*_COLUMNS, "flag")):
            if not row[column] and not (target and target[column]):
                continue
            right = target is not None and _SAME.get(name, str.__eq__)(row[column], target[column])
            log.add(evidence.get(f"lab_results.{j}.{name}") or proof, right, review,
                    name=names[column], wanted=target[column] if target else "", found=row[column])
            if row[column]:
                counts.setdefault(names[column], [0, 0, 0, 0])[1 if right else 2 if target and target[column] else 3] += 1
    return (2 * equal, len(wanted) + counted) if wanted or counted else None
