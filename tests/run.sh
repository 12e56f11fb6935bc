#!/usr/bin/env bash
# The whole check of the project: set-up, the suite in release, clang-tidy over what changed, then core, fuzz seeds and end-to-end tests under
# the address and undefined behaviour sanitizers. The last line is "N passed, N failed"; warnings are errors in both builds.
set -uo pipefail

cd "$(dirname "$(readlink -f "$0")")/.." || exit 3
logs=build/test-logs
mkdir -p "$logs"
jobs=$(nproc)
passed=0
failed=0

finish() {
    echo
    echo "The ten slowest tests, in seconds:"
    cat "$logs"/ctest-*.log 2>/dev/null | awk '$(NF) == "sec" && /Test +#/ { print $(NF - 1), $4 }' | sort -rn | head -10
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
    exit
}

# step NAME COMMAND...: a stage that counts only when it fails; nothing after it would mean anything.
step() {
    local name=$1 start=$SECONDS
    shift
    echo "== $name"
    if ! "$@"; then
        echo "FAILED: $name"
        failed=$((failed + 1))
        finish
    fi
    echo "== $name: $((SECONDS - start)) s"
}

# suite PRESET SELECTION...: runs ctest and adds up what it says.
suite() {
    local preset=$1 log start=$SECONDS total bad
    shift
    log=$logs/ctest-$preset.log
    echo "== tests, $preset"
    ctest --preset "$preset" -j "$jobs" "$@" 2>&1 | tee "$log"
    read -r bad total < <(sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests failed out of ([0-9]+).*/\1 \2/p' "$log")
    if [ -z "${total:-}" ]; then
        echo "FAILED: ctest ran nothing ($preset)"
        failed=$((failed + 1))
    else
        passed=$((passed + total - bad))
        failed=$((failed + bad))
    fi
    echo "== tests, $preset: $((SECONDS - start)) s"
}

rm -f "$logs"/ctest-*.log
step "packages" packaging/install-dependencies.sh build run test
step "peers" tests/install-peers.sh

step "configure release" cmake --preset release
step "build release" cmake --build --preset release
suite release -LE long
step "clang-tidy" tests/tidy.sh --changed

step "configure asan" cmake --preset asan
step "build asan" cmake --build --preset asan --target pushscope tests-core tests-e2e
suite asan -L '^(core|e2e)$' -LE long
finish
