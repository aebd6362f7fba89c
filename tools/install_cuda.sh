#!/bin/sh
# Adds CUDA to the medmark that install.sh put under PREFIX. No network, no registry. Usage: ./install.sh [PREFIX]
# (default /usr/local). Installing the program's archive again takes CUDA away.
set -eu
prefix=${1:-/usr/local}
here=$(cd "$(dirname "$0")" && pwd)
program=$prefix/lib/medmark
if [ ! -x "$program/medmark" ]; then
  echo "There is no medmark under $prefix: install the program's archive first." >&2
  exit 1
fi
cp -R "$here/licenses/." "$program/licenses/"
for library in "$here"/lib/*; do
  cp "$library" "$program/lib/.new"
  mv "$program/lib/.new" "$program/lib/$(basename "$library")"
done
"$program/medmark" doctor
