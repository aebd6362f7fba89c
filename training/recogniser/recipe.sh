# The steps of the small text recogniser; called by training/run.sh, which sets PYTHON, BENCH_PYTHON and OUT. Under an hour of one core. Needs build/reading_probe (`ninja -C build reading_probe`), which cuts and reads the pages of the corpus.
set -euo pipefail
recipe=training/recogniser
export PYTHONPATH=training/common:$recipe:training/marks
models=.dependencies/models

# pages NAME SMALL GENERATOR_ARGUMENTS...: pages of the corpus, read by the large recogniser (and the small one where it is named), with truth.
pages() {
  local name=$1 small=$2
  shift 2
  "$BENCH_PYTHON" bench/corpus/generate.py "$OUT/$name" "$@" --grades native,good,mid,bad,photo,fax
  mkdir -p "$OUT/$name-read"
  find "$OUT/$name" -name '*.pdf' ! -name '*.native.pdf' | sort | xargs build/reading_probe $models "$small" "$OUT/$name-read" >"$OUT/$name-read/probe.jsonl"
  "$BENCH_PYTHON" $recipe/align.py "$OUT/$name" "$OUT/$name-read" "$OUT/$name.jsonl"
}

case $1 in
  data)
    "$PYTHON" $recipe/make_data.py "$OUT/drawn" --count 24000 --seed 1
    pages sheets - --only lab_report --size 12 --seed 313
    "$BENCH_PYTHON" $recipe/from_pages.py "$OUT/sheets.jsonl" "$OUT/sheets-read" "$OUT/pages"
    for grade in clean degraded; do
      "$PYTHON" $recipe/make_data.py "$OUT/test" --count 2000 --seed 900 --grade $grade --held_out_faces
      "$PYTHON" $recipe/make_data.py "$OUT/test" --count 2000 --seed 901 --grade $grade
    done
    ;;
  train) "$PYTHON" $recipe/train.py "$OUT/drawn" "$OUT/recogniser.pt" --pages "$OUT/pages" --threads "${THREADS:-1}" ;;
  export) "$PYTHON" $recipe/export.py "$OUT/recogniser.pt" "$OUT/recogniser.onnx" ;;
  evaluate)
    "$PYTHON" $recipe/evaluate_drawn.py "$OUT/recogniser.pt" "$OUT"/test/*.npz
    pages known "$OUT/recogniser.onnx" --size 9 --seed 311
    pages unseen "$OUT/recogniser.onnx" --unseen --size 16 --seed 312
    "$BENCH_PYTHON" $recipe/evaluate.py "$OUT/known.jsonl" "$OUT/known-read"
    "$BENCH_PYTHON" $recipe/evaluate.py "$OUT/unseen.jsonl" "$OUT/unseen-read"
    ;;
esac
