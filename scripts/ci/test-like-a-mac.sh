#!/bin/sh
# Runs the tests on Linux with two differences of a Mac: an ordinary user, and a folder for temporary files
# with a long path behind a link. As root, it runs a copy of the checkout as the user `nobody`.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

# 49 letters, as on a Mac; Chromium does not accept a much longer path for its socket.
place=$(mktemp -d /tmp/mXXXX)
trap 'rm -rf "$place"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$place/private/var/folders/zz/zyxvpxvq6csfxvn_n0000/T" "$place/home"
ln -s private/var "$place/var"
TMPDIR="$place/var/folders/zz/zyxvpxvq6csfxvn_n0000/T"
# The copy has no git, so the time of the last commit is passed to it.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
npm_config_update_notifier=false
export TMPDIR SOURCE_DATE_EPOCH npm_config_update_notifier
if [ "$(id -u)" != 0 ]; then
  printf 'As %s, with %s.\n' "$(id -un)" "$TMPDIR"
  npm exec -- vitest run "$@"
else
  printf 'As nobody, with %s.\n' "$TMPDIR"
  mkdir "$place/checkout"
  tar -cf - --exclude ./.git --exclude ./build . | tar -xf - -C "$place/checkout"
  chmod 755 "$place"
  chown -R nobody "$place"
  cd "$place/checkout"
  HOME="$place/home" USER=nobody LOGNAME=nobody setpriv --reuid nobody --regid nogroup --clear-groups npm exec -- vitest run "$@"
fi
