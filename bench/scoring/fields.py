"""Report type, patient fields, sections, diagnoses, medications."""
from scoring.normal import distance, fold

# A section may differ by this share of edits; every other field must be equal.
SECTION_EDITS = 0.02


def _text(item, key):
    return item if isinstance(item, str) else str(item.get(key) or "")


def _compare_lists(name, wanted, found, evidence, log, counts):
    left = [fold(w) for w in wanted]
    right = wrong = 0
    for number, text in enumerate(found):
        hit = fold(text) in left
        if hit:
            left.remove(fold(text))
        right += hit
        wrong += not hit
        if wanted:
            log.add(evidence.get(f"{name}.{number}"), hit, name=name, wanted=" | ".join(wanted), found=text)
    counts[name] = [len(wanted), right, wrong if wanted else 0, 0 if wanted else wrong]
    return right, len(wanted), len(found) if wanted else 0


def parts(truth, clinical):
    """Pairs of (wanted, found) clinical objects: one for most files, one for each report where a file holds several."""
    wanted = truth.get("parts") or [truth]
    found = clinical.get("parts") or [dict(clinical, pages=wanted[0].get("pages", []))]
    if len(wanted) == 1:
        return [(truth, clinical)]
    used, made = set(), []
    for part in wanted:
        common = [(len({*part["pages"]} & {*f.get("pages", [])}), -i) for i, f in enumerate(found) if i not in used]
        best = max(common, default=(0, 0))
        if best[0]:
            used.add(-best[1])
        made.append((part, found[-best[1]] if best[0] else {}))
    return made


def compare(truth, clinical, log):
    """({field: [in truth, right, wrong, extra]}, (2 * hits, wanted + found)). Extra values are counted, not punished."""
    evidence = clinical.get("evidence") or {}
    counts, hits, wanted_count, found_count = {}, 0, 1, 1
    kind_right = clinical.get("document_type") == truth["document_type"]
    counts["document_type"] = [1, int(kind_right), int(bool(clinical.get("document_type")) and not kind_right), 0]
    hits += kind_right
    for room, tolerance in (("patient", 0.0), ("sections", SECTION_EDITS)):
        wanted = truth.get(room, {})
        found = {k: v for k, v in (clinical.get(room) or {}).items() if v not in (None, "")}
        for key in sorted({*wanted, *found}):
            name = f"{room}.{key}"
            if key not in wanted:
                counts[name] = [0, 0, 0, 1]
                continue
            wanted_count += 1
            targets = [t for t in (wanted[key], truth.get("accepted", {}).get(name)) if t]
            right = key in found and any(distance(fold(str(t)), fold(str(found[key]))) <= tolerance for t in targets)
            counts[name] = [1, int(right), int(key in found and not right), 0]
            hits += right
            found_count += key in found
            if key in found:
                log.add(evidence.get(name), right, name=name, wanted=str(wanted[key]), found=str(found[key]))
    for name, key in (("diagnoses", "text"), ("medications", "name")):
        right, n, m = _compare_lists(name, truth.get(name, []), [_text(x, key) for x in clinical.get(name) or []], evidence, log, counts)
        hits, wanted_count, found_count = hits + right, wanted_count + n, found_count + m
    return counts, (2 * hits, wanted_count + found_count)
