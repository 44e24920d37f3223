#!/bin/sh
# join-results.sh FOLDER: the page of all Macs' results, for a person who reads it and commits it.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

out=build/ci/verified
mkdir -p "$out"
find "$1" -name verified-on-mac.json -print | sort >"$out/files"
set --
while IFS= read -r file; do set -- "$@" "$file"; done <"$out/files"
npm run -s verified -- --docs "$out" "$@"
rm "$out/files"
[ -z "${GITHUB_STEP_SUMMARY-}" ] || cat "$out/verified-on-mac.md" >>"$GITHUB_STEP_SUMMARY"
