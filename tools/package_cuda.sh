#!/usr/bin/env bash
# Writes the archive that adds CUDA to an installed medmark: ONNX Runtime's build with the CUDA provider and the CUDA and cuDNN
# libraries it loads (third_party/cuda.lock.json), apart so that the program's own archive stays small. Needs only NVIDIA's
# driver on the machine (580 or newer). Usage: tools/package_cuda.sh BUILD_DIR
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
version=$("$build/medmark" --version | awk '{print $2}')
name="medmark-cuda-$version-linux-x86_64"

tools/fetch_dependencies.py --lock third_party/cuda.lock.json --target .dependencies/cuda
stage="$build/package-cuda/$name"
rm -rf "$build/package-cuda"
mkdir -p "$stage"
ln -s "$PWD/.dependencies/cuda/lib" "$stage/lib"
ln -s "$PWD/.dependencies/cuda/licenses" "$stage/licenses"
install -m 755 tools/install_cuda.sh "$stage/install.sh"
tar -C "$build/package-cuda" --dereference --sort=name --owner=0 --group=0 --numeric-owner --mtime='2020-01-01' -c "$name" |
  gzip -n -1 >"$build/$name.tar.gz"
rm -rf "$build/package-cuda"
echo "$build/$name.tar.gz: $(du -h --apparent-size "$build/$name.tar.gz" | cut -f1)"
