#!/bin/bash
# Draws the window's pictures to build/screenshots, light and dark; with --readme also the one that the README shows.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${PRESET:-dev}
cmake --preset "$preset" > /dev/null
cmake --build --preset "$preset" --target screenshots
QT_QPA_PLATFORM=offscreen timeout 120 "build/$preset/tests/ui/screenshots/screenshots" build/screenshots
if [ "${1:-}" = --readme ]; then
    mkdir -p resources/screenshots
    cp build/screenshots/window-light.png resources/screenshots/window.png
fi
