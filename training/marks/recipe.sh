# The steps of the marks network; called by training/run.sh, which sets PYTHON and OUT. About an hour of one core in all.
set -euo pipefail
recipe=training/marks
case $1 in
  data)
    for seed in 1 2; do  # at once, a core each
      "$PYTHON" $recipe/make_data.py "$OUT/train" --count 60000 --seed $seed --shard_size 1500 &
    done
    wait
    for test in "900 clean --held_out_faces" "901 degraded --held_out_faces" "902 clean" "903 degraded"; do
      # shellcheck disable=SC2086  # words
      set -- $test
      "$PYTHON" $recipe/make_data.py "$OUT/test" --count 2000 --seed "$1" --grade "$2" ${3:-}
    done
    ;;
  train)
    "$PYTHON" $recipe/train.py "$OUT/train" "$OUT/marks.pt" --threads "${THREADS:-1}"
    ;;
  export) "$PYTHON" $recipe/export.py "$OUT/marks.pt" "$OUT/marks.onnx" ;;
  evaluate) "$PYTHON" $recipe/evaluate.py "$OUT/marks.pt" "$OUT"/test/*.npz ;;
esac
