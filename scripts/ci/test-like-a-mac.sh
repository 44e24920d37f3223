#!/bin/sh
# The tests on Linux, with what differs on a Mac and can be had here: an ordinary user, and a folder for
# temporary files that is long and behind a link. As root, a copy of the checkout is given to nobody.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

# As long as on a Mac, 49 letters; Chromium takes no much longer one for its socket.
place=$(mktemp -d /tmp/mXXXX)
trap 'rm -rf "$place"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$place/private/var/folders/zz/zyxvpxvq6csfxvn_n0000/T" "$place/home"
ln -s private/var "$place/var"
TMPDIR="$place/var/folders/zz/zyxvpxvq6csfxvn_n0000/T"
# Without git in the copy, the time of the last commit has to be told.
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
