#!/bin/bash
# Draws the window's pictures, light and dark, into build/screenshots, and from them the two that the README shows.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${PRESET:-release}
cmake --preset "$preset" > /dev/null
cmake --build --preset "$preset" --target screenshots
# The plugin for tests complains about each window's size hints.
QT_QPA_PLATFORM=offscreen timeout 600 "build/$preset/tests/ui/screenshots/screenshots" build/screenshots 2> >(grep -v propagateSizeHints >&2)
mkdir -p resources/screenshots
cp build/screenshots/window-light.png resources/screenshots/window.png
cp build/screenshots/http2-frame-light.png resources/screenshots/http2.png
