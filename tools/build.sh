#!/usr/bin/env bash
# Configures (once) and builds. Usage: tools/build.sh BUILD_DIR BUILD_TYPE [CMAKE_ARGUMENT...]
# Prints only what changed or failed.
set -euo pipefail
cd "$(dirname "$0")/.."
directory=$1
type=$2
shift 2

[ -f "$directory/build.ninja" ] || cmake -S . -B "$directory" -G Ninja -DCMAKE_BUILD_TYPE="$type" "$@" >/dev/null
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if [ -t 1 ]; then
  ninja -C "$directory" --quiet
elif ! ninja -C "$directory" >"$log" 2>&1; then
  cat "$log"
  exit 1
fi
