#!/usr/bin/env bash
# Installs the Debian packages of the named sections of debian-packages.txt (build and run without a name). Asks apt only
# when something is missing, so that it costs nothing the second time.
set -euo pipefail

list=$(dirname "$(readlink -f "$0")")/debian-packages.txt
sections=("$@")
[ ${#sections[@]} -gt 0 ] || sections=(build run)

# One "package [command]" a line.
packages_of() {
    awk -v section="[$1]" '/^#/ || NF == 0 { next } /^\[/ { inside = $1 == section; seen = seen || inside; next } inside
                           END { exit !seen }' "$list"
}

missing=()
for section in "${sections[@]}"; do
    rows=$(packages_of "$section") || { echo "install-dependencies.sh: no section [$section] in $list" >&2; exit 2; }
    while read -r package command; do
        if [ -n "$command" ] && command -v "$command" >/dev/null; then
            continue
        fi
        status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$status" = installed ] || missing+=("$package")
    done <<<"$rows"
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Missing packages, and neither root nor sudo to install them: ${missing[*]}" >&2; exit 3; }
    as_root=(sudo)
fi
echo "Installing: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}")
# The package lists of a fresh machine are empty or old: they are fetched only when the first try fails.
"${install[@]}" >&2 || { "${as_root[@]}" apt-get update >&2 && "${install[@]}" >&2; }
