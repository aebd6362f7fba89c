# The steps of the formula model; called by training/run.sh, which sets PYTHON and OUT. About an hour of one core in all.
set -euo pipefail
recipe=training/formula
case $1 in
  data)
    for seed in 1 2; do  # at once, a core each
      "$PYTHON" $recipe/make_data.py "$OUT/train" --count 30000 --seed $seed --shard_size 500 &
    done
    wait
    for test in "900 clean --held_out_fonts" "901 degraded --held_out_fonts" "902 clean" "903 degraded"; do
      # shellcheck disable=SC2086  # words
      set -- $test
      "$PYTHON" $recipe/make_data.py "$OUT/test" --count 200 --seed "$1" --grade "$2" ${3:-}
    done
    ;;
  train)
    "$PYTHON" $recipe/train.py "$OUT/train" "$OUT/formula.pt" --threads "${THREADS:-1}"
    "$PYTHON" $recipe/adapt.py "$OUT/train" "$OUT/formula.pt" --threads "${THREADS:-1}" --corrections "$CORRECTIONS"
    ;;
  export) "$PYTHON" $recipe/export.py "$OUT/formula.pt" "$OUT/formula.onnx" ;;
  evaluate) "$PYTHON" $recipe/evaluate.py "$OUT/formula.pt" "$OUT"/test/*.npz ;;
esac
