#!/usr/bin/env bash
# Trains one of medmark's own models on the CPU, from its data to the file in models/.
# Usage: training/run.sh MODEL [STEP...]     STEP: data, train, export, evaluate, pin (default: all but pin)
# MODEL is a folder of training/ that holds recipe.sh. Everything is made under build/training/MODEL; a step that was
# interrupted is taken up where it stood. `pin` puts the new file into models/ and its SHA-256 where the program looks.
set -euo pipefail
cd "$(dirname "$0")/.."
model=${1:-}
if [ ! -f "training/$model/recipe.sh" ] || [ -z "$model" ]; then
  sed -n '2,6s/^# //p' "$0"
  echo "models: $(cd training && ls -d -- */recipe.sh 2>/dev/null | xargs -n1 dirname 2>/dev/null | tr '\n' ' ')"
  exit 2
fi
shift
[ $# -gt 0 ] || set -- data train export evaluate

missing=$(comm -23 <(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' -e 's/=.*//' training/packages.txt | sort -u) \
  <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u))
if [ -n "$missing" ]; then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  echo "Installing system packages: $(echo "$missing" | tr '\n' ' ')"
  # shellcheck disable=SC2086  # one word a package
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi
bench/run.sh environment

export PYTHON=/usr/bin/python3                  # Debian's, which python3-torch belongs to
export BENCH_PYTHON=build/bench/venv/bin/python # the corpus generator's
export OUT=build/training/$model
export CORRECTIONS=${CORRECTIONS:-build/training/corrections}  # training_set.zip files of the page; may be empty
export PYTHONPATH=training/common PYTHONDONTWRITEBYTECODE=1
mkdir -p "$OUT"
for step in "$@"; do
  echo "$model: $step"
  if [ "$step" = pin ]; then
    "$PYTHON" training/common/pin.py "$OUT/$model.onnx"
  else
    bash "training/$model/recipe.sh" "$step"
  fi
done
