#!/usr/bin/env bash
# Installs the peers of the interoperability tests: Debian's packages, and the npm packages pinned in tests/interop.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
"$here/../packaging/install-dependencies.sh" peers
cd "$here/interop"
# npm leaves a copy of the lock behind: as long as it is the same, nothing is to do.
stamp=node_modules/.installed-lock
cmp -s package-lock.json "$stamp" || { npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json "$stamp"; }
