#!/bin/sh
# verified-on-mac.json of all that the steps kept, and a table of it for the run's page.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

sh scripts/check-on-mac.sh --keep "$keep" --json "$keep/verified-on-mac.json"
{
  printf '## %s\n\n' "${1-This Mac}"
  printf '```\n'
  cat "$keep/runner.txt" 2>/dev/null || :
  printf '```\n\n| line | result | check | found |\n| --- | --- | --- | --- |\n'
  awk -F '\t' '{ gsub("[|]", "/"); print "| " $1 " | " $2 " | " $3 " | " $4 " |" }' "$keep/results.tsv"
} >"$keep/summary.md"
[ -z "${GITHUB_STEP_SUMMARY-}" ] || cat "$keep/summary.md" >>"$GITHUB_STEP_SUMMARY"
failed=$(awk -F '\t' '$2 == "failed"' "$keep/results.tsv" | grep -c . || :)
printf '%s checks failed.\n' "$failed"
