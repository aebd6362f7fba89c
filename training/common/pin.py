#!/usr/bin/env python3
"""Puts a trained model into models/ and its SHA-256 into the lock file and into the program's own list.

Usage: pin.py build/training/MODEL/MODEL.onnx
The model must be named in src/inference/model_files.cpp already (its hash there is replaced); build afterwards.
"""
import hashlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_BYTES = 30_000_000  # all own models together: they travel in the repository


def pin(path: Path, root: Path = ROOT) -> str:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    list_file = root / "src" / "inference" / "model_files.cpp"
    listed = list_file.read_text(encoding="utf-8")
    pattern = re.compile(rf'("{re.escape(path.name)}",\s*")[0-9a-f]*(")')
    if len(pattern.findall(listed)) != 1:
        raise SystemExit(f"{path.name} is not listed once in {list_file.relative_to(root)}.")
    others = sum(f.stat().st_size for f in (root / "models").glob("*.onnx") if f.name != path.name)
    if others + len(content) > MOST_BYTES:
        raise SystemExit(f"models/ would hold more than {MOST_BYTES} bytes.")
    (root / "models" / path.name).write_bytes(content)
    list_file.write_text(pattern.sub(rf"\g<1>{digest}\g<2>", listed), encoding="utf-8")
    lock_file = root / "third_party" / "dependencies.lock.json"
    lock = json.loads(lock_file.read_text(encoding="utf-8"))
    entry = {"source": f"models/{path.name}", "target": f"models/{path.name}", "sha256": digest}
    lock["own_models"] = sorted([m for m in lock["own_models"] if m["source"] != entry["source"]] + [entry], key=lambda m: m["source"])
    lock_file.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")
    return digest


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    print(f"{Path(sys.argv[1]).name}: {pin(Path(sys.argv[1]))}; run `make build` now")
