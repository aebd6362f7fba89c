#!/usr/bin/env bash
# The steps of the page detector; called by training/run.sh, which sets the variables.
set -euo pipefail
folder=training/page_detector
case $1 in
  data)
    [ -f "$OUT/pages/done" ] || nice "$BENCH_PYTHON" "$folder/documents.py" "$OUT/pages" --documents 1000
    touch "$OUT/pages/done"
    ;;
  train) nice "$PYTHON" "$folder/train.py" "$OUT/pages" "$OUT/run" ;;
  export) PYTHONPATH="$folder:$PYTHONPATH" "$PYTHON" "$folder/export.py" "$OUT/run/checkpoint.pt" "$OUT/page_detector.onnx" ;;
  evaluate)  # in a configured build: make build
    cmake --build build --target layout_probe >/dev/null
    PYTHONPATH="$folder:$PYTHONPATH" "$BENCH_PYTHON" "$folder/evaluate.py" "$OUT/page_detector.onnx" "$OUT/evaluation"
    ;;
  *) exit 2 ;;
esac
