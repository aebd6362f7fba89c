#!/usr/bin/env bash
# The steps of the table lines network; called by training/run.sh, which sets the variables. Within three hours of two cores; see README.md.
set -euo pipefail
folder=training/table_lines
export PYTHONPATH="$folder:training/page_detector:bench:$PYTHONPATH"  # the weathering is the page detector's, the measure the benchmark's
case $1 in
  data)
    [ -f "$OUT/tables/done" ] || nice "$BENCH_PYTHON" "$folder/documents.py" "$OUT/tables" --documents 1100
    [ -f "$OUT/unseen/done" ] || nice "$BENCH_PYTHON" "$folder/documents.py" "$OUT/unseen" --documents 60 --first-seed 900000 --unseen
    touch "$OUT/tables/done" "$OUT/unseen/done"
    ;;
  train) nice "$PYTHON" "$folder/train.py" "$OUT/tables" "$OUT/table_lines.pt" --threads "${THREADS:-1}" ;;
  export) "$PYTHON" "$folder/export.py" "$OUT/table_lines.pt" "$OUT/table_lines.onnx" ;;
  evaluate)  # the last in a configured build: make build
    "$PYTHON" "$folder/held_out.py" "$OUT/table_lines.pt" "$OUT/tables"
    "$PYTHON" "$folder/held_out.py" "$OUT/table_lines.pt" "$OUT/unseen" --all
    cmake --build build --target table_probe >/dev/null
    "$BENCH_PYTHON" "$folder/places.py" "$OUT/evaluation"
    "$PYTHON" "$folder/evaluate.py" "$OUT/table_lines.pt" "$OUT/evaluation"
    ;;
  *) exit 2 ;;
esac
