#!/usr/bin/env bash
# Format and lint: clang-format on every source, clang-tidy on every translation unit, warnings are errors.
# Usage: tools/check.sh           the lint reads united files, which costs a sixth of file by file
#        tools/check.sh --fix     (formats in place)
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t sources < <(git ls-files 'src/**/*.cpp' 'src/**/*.hpp' 'src/**/*.cc' 'fuzz/*.cc' 'tests/*.cpp')

if [ "${1:-}" = "--fix" ]; then
  clang-format-14 -i "${sources[@]}"
  exit 0
fi
clang-format-14 --dry-run -Werror "${sources[@]}"
echo "format: ${#sources[@]} files clean"

build=build/lint # configured for its compile_commands.json, never built
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER=clang++-14 -DMEDMARK_UNITED_FILES=ON >/dev/null
mapfile -t united < <(sed -n 's/^ *"file": "\(.*\/Unity\/.*\)".*/\1/p' $build/compile_commands.json)
lost=$(comm -23 <(git ls-files 'src/**/*.cpp' 'src/*.cpp' | grep -v '_test\.cpp$' | sort) \
  <(sed -n "s|^#include \"$PWD/\(.*\)\".*|\1|p" "${united[@]}" | sort))
[ -z "$lost" ] || { echo "lint: not in any united file: $lost" >&2; exit 1; }
printf '%s\n' "${united[@]}" | xargs -P "$(nproc)" -n 2 clang-tidy-14 -p $build --quiet 2> >(grep -v ' warnings\? generated\.$' >&2)
echo "lint: ${#united[@]} united files clean"
