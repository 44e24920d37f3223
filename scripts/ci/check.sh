#!/bin/sh
# check.sh FOLDER: every check of the workflow, of a package and of what it installed. The printed table is
# kept.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

for package in "$1"/*.pkg; do :; done
commit=${GITHUB_SHA:-$(git rev-parse HEAD)}
status=0
sh scripts/check-on-mac.sh --all --package "$package" --standard-user pssotest --commit "$commit" --keep "$keep" \
  >"$keep/checks.txt" 2>&1 || status=$?
cat "$keep/checks.txt"
exit "$status"
