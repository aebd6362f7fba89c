#!/usr/bin/env bash
# The whole benchmark, printed as the Markdown tables of the README.
# Usage: bench/run.sh [all|accuracy|real|speed|peer|floors|environment] [SIZE]
#   accuracy  corpus of SIZE documents (default: every layout once), all grades
#   real      real tables and photographs, which are not in the repository: MEDMARK_REAL_FILES=FOLDER bench/run.sh real
#   speed     pages a second, stages, memory, cold start
#   peer      the Python reference on the same pages
#   floors    the small subset CI holds against bench/floors.json
#   environment  only the Python packages the others need
set -euo pipefail
cd "$(dirname "$0")/.."
part=${1:-all}
size=${2:-}
build=build/bench
binary=${MEDMARK:-build/medmark}
mkdir -p "$build"

# A virtual environment from a list of pinned packages, made again when the list changes.
environment() {
  local folder=$build/$1 list=bench/$2
  if ! cmp -s "$list" "$folder/packages.txt"; then
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "$list"
    cp "$list" "$folder/packages.txt"
  fi
}

environment venv requirements.txt
python=$build/venv/bin/python

accuracy() {
  "$python" bench/corpus/generate.py "$build/corpus" ${size:+--size "$size"} >&2
  rm -rf "$build/out"
  "$binary" parse "$build/corpus" -o "$build/out" >&2 || echo "some documents failed; they score 0" >&2
  echo "## Accuracy on the benchmark's corpus"
  "$python" bench/score.py "$build/out" --corpus "$build/corpus" --details --json "$build/accuracy.json"
  echo "## Confidence"
  "$python" bench/calibration.py "$build/out" --corpus "$build/corpus"
}

real() {
  echo "## Real tables"
  "$python" bench/real_tables.py "${MEDMARK_REAL_FILES:-build/real}" --binary "$binary"
}

speed() {
  [ -d "$build/corpus" ] || "$python" bench/corpus/generate.py "$build/corpus" ${size:+--size "$size"} >&2
  echo "## Speed"
  "$python" bench/speed.py --binary "$binary" --corpus "$build/corpus" --json "$build/speed.json"
}

peer() {
  environment peer requirements-peer.txt
  [ -d "$build/corpus" ] || "$python" bench/corpus/generate.py "$build/corpus" ${size:+--size "$size"} >&2
  "$build/peer/bin/python" bench/peer_rapidocr.py --corpus "$build/corpus"
}

case $part in
  all) accuracy; echo; real; echo; speed; echo; peer ;;
  accuracy) accuracy ;;
  real) real ;;
  speed) speed ;;
  peer) peer ;;
  floors) "$python" bench/check_floors.py --binary "$binary" ;;
  environment) ;;
  *) sed -n '2,10s/^# //p' "$0"; exit 2 ;;
esac
