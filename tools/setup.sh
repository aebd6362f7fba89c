#!/usr/bin/env bash
# Brings what a build needs onto Debian 12: system packages, then libraries and models by exact version and SHA-256.
# A second call does only what is missing. Usage: tools/setup.sh [PACKAGE_LIST...]
set -euo pipefail
cd "$(dirname "$0")/.."

missing_packages() {
  local wanted
  wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@" | sort -u)
  # dpkg-query prints the packages that are really installed; comm keeps what is wanted beyond them.
  comm -23 <(echo "$wanted") \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u)
}

lists=(tools/system-packages.txt "$@")
missing=$(missing_packages "${lists[@]}")
if [ -n "$missing" ]; then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  echo "Installing system packages: $(echo "$missing" | tr '\n' ' ')"
  "${as_root[@]}" apt-get update -qq
  # shellcheck disable=SC2086  # one word a package
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

python3 tools/fetch_dependencies.py
