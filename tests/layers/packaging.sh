#!/usr/bin/env bash
# packaging.sh SOURCE_DIR MANUAL_PAGE: what desktops and man read is well formed.
set -euo pipefail

desktop-file-validate "$1"/packaging/*.desktop
appstreamcli validate --no-net --explain "$1"/packaging/*.metainfo.xml
complaints=$(groff -man -Tutf8 -ww "$2" 2>&1 >/dev/null)
[ -z "$complaints" ] || { echo "$complaints"; exit 1; }
for script in "$1"/packaging/*.sh "$1"/tests/*.sh "$1"/tests/*/*.sh "$1"/.ci/run; do
    bash -n "$script"
    [ -x "$script" ] || { echo "$script is not executable"; exit 1; }
done
