#!/bin/sh
# Must pass before a change is merged. On a fresh Debian with npm: .ci/run, with the programs that the tests
# need.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

npm run -s tools
.ci/run
