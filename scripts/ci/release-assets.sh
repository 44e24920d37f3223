#!/bin/sh
# release-assets.sh FOLDER: makes the files of the release, in build/ci/release, of the finished packages of a
# folder. The tests ran before, in the workflow of every push.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

npm run -s release:check -- --packages "$1" --skip-tests --out build/ci/release
