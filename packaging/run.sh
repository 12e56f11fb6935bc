#!/usr/bin/env bash
# From a fresh clone to the open window: installs what is missing, builds the release and starts it with the demo feed.
# Further arguments go to pushscope.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
"$here/install-dependencies.sh" build run
cd "$here/.."
[ -f build/release/build.ninja ] || cmake --preset release
cmake --build --preset release --target pushscope

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${QT_QPA_PLATFORM:-}" ]; then
    cat >&2 <<'TEXT'
Pushscope is built (build/release/pushscope), but there is no display to open its window on: neither DISPLAY nor WAYLAND_DISPLAY is set.
To see it on a virtual one: apt install xvfb xauth && xvfb-run -s '-screen 0 1440x900x24' packaging/run.sh
Without a window: build/release/pushscope record URL
TEXT
    exit 3
fi
exec build/release/pushscope --demo "$@"
