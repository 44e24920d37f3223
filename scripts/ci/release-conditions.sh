#!/bin/sh
# The first step of a release: from a tag it fails unless that version can be released now. From a branch it
# is a rehearsal, and prints what is missing.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

if [ "${GITHUB_REF_TYPE-}" = tag ]; then
  npm run -s release:check -- --conditions --tag "${GITHUB_REF_NAME?}"
else
  npm run -s release:check -- --conditions
fi
