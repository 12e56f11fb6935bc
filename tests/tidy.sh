#!/usr/bin/env bash
# clang-tidy (.clang-tidy) over the given sources, over those that differ from a commit (--changed [COMMIT], the default:
# what the last commit and the working tree changed, at most 16 of them: a file takes up to 15 seconds), or over all (--all). Needs
# a configured and built build/release.
set -euo pipefail

cd "$(dirname "$(readlink -f "$0")")/.."
commands=build/release/compile_commands.json
[ -f "$commands" ] || { echo "tidy.sh: configure first: cmake --preset release" >&2; exit 2; }
database=build/tidy
mkdir -p "$database"
# clang reads no header that GCC has precompiled: it takes the header itself.
sed -E 's/ -Winvalid-pch//; s|-include [^ ]*/cmake_pch\.hxx||' "$commands" > "$database/compile_commands.json"

sources() { grep -E '^(core|ui|app)/.*\.cpp$' || true; }
case "${1:---changed}" in
    --all) files=$(git ls-files | sources) ;;
    --changed) base=${2:-$(git rev-parse -q --verify HEAD~1 || git hash-object -t tree /dev/null)}
               files=$(git diff --name-only --diff-filter=d "$base" | sources | head -16) ;;
    *) files=$(printf '%s\n' "$@") ;;
esac
[ -n "$files" ] || { echo "clang-tidy: nothing to look at"; exit 0; }
xargs -P "$(nproc)" -n 1 clang-tidy -p "$database" --quiet <<<"$files" 2> >(grep -vE '^[0-9]+ warnings? (and [0-9]+ errors? )?generated' >&2)
echo "clang-tidy: $(wc -l <<<"$files") files, nothing found"
