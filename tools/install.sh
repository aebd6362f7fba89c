#!/bin/sh
# Installs this archive: copies it to PREFIX/lib/medmark and puts `medmark` on the path. No network, no registry.
# Usage: ./install.sh [PREFIX]   (default /usr/local)
set -eu
prefix=${1:-/usr/local}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$prefix/lib" "$prefix/bin"
rm -rf "$prefix/lib/medmark"
cp -R "$here" "$prefix/lib/medmark"
ln -sf ../lib/medmark/medmark "$prefix/bin/medmark"
"$prefix/bin/medmark" doctor
