#!/bin/sh
# Runs the files whose tests need root again, by sudo: `npm test` has skipped those tests. --list only prints
# the files.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

files=$(grep -rl -e 'needsRoot()' -e "'needs root'" --include '*.test.ts' test | sort)
if [ "${1-}" = --list ]; then
  printf '%s\n' "$files"
  exit 0
fi
# shellcheck disable=SC2086 # a list of words
sudo -n -H env "PATH=$PATH" npm exec -- vitest run $files
