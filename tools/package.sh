#!/usr/bin/env bash
# Writes one archive that installs and runs on a machine with nothing but glibc (Debian 12 or as new): the binary, every
# library it loads, models, lexicons, the fallback font, the page, licences. Usage: tools/package.sh BUILD_DIR
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
version=$("$build/medmark" --version | awk '{print $2}')
name="medmark-$version-linux-x86_64"
stage="$build/package/$name"
rm -rf "$build/package"
mkdir -p "$stage/lib" "$stage/share/medmark/fonts" "$stage/licenses"

install -m 755 "$build/medmark" "$stage/medmark"
strip "$stage/medmark"

# Every library in the closure but glibc's own, which belongs to the machine.
glibc='^(ld-linux-x86-64|libc|libm|libdl|librt|libpthread|libresolv|libutil|libmvec)\.so'
ldd "$build/medmark" | awk '$3 ~ /^\// {print $1, $3}' | while read -r soname path; do
  [[ $soname =~ $glibc ]] && continue
  install -m 644 "$(readlink -f "$path")" "$stage/lib/$soname"
  owner=$(dpkg-query -S "$(readlink -f "$path")" 2>/dev/null | cut -d: -f1 | head -n 1 || true)
  if [ -n "$owner" ] && [ -f "/usr/share/doc/$owner/copyright" ]; then
    install -m 644 "/usr/share/doc/$owner/copyright" "$stage/licenses/$owner.txt"
  fi
done
strip --strip-unneeded "$stage"/lib/* 2>/dev/null || true

cp -rL "$build/share/medmark/models" "$build/share/medmark/lexicons" "$stage/share/medmark/"
cp -rL "$build/share/medmark/web" "$stage/share/medmark/"
cp -L "$build/share/medmark/fonts/"* "$stage/share/medmark/fonts/"
install -m 644 /usr/share/doc/fonts-wqy-microhei/copyright "$stage/licenses/fonts-wqy-microhei.txt"
cp -rL .dependencies/licenses/. "$stage/licenses/"
install -m 755 tools/install.sh "$stage/install.sh"

tar -C "$build/package" --sort=name --owner=0 --group=0 --numeric-owner --mtime='2020-01-01' -c "$name" |
  xz -T0 -6 >"$build/$name.tar.xz"
rm -rf "$build/package"
echo "$build/$name.tar.xz: $(du -h --apparent-size "$build/$name.tar.xz" | cut -f1)"
