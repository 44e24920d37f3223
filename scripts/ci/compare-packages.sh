#!/bin/sh
# compare-packages.sh FOLDER FOLDER: whether packages of the same name have the same bytes. One that differs
# is kept.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

compared=0 status=0
for there in "$1"/*.pkg; do
  name=${there##*/}
  mine="$2/$name"
  [ -f "$mine" ] || continue
  compared=$((compared + 1))
  if cmp -s "$there" "$mine"; then
    record same-bytes passed "$name is the same" "SHA-256 $(sum "$mine")"
  else
    record same-bytes failed "$name is the same" "There it is $(sum "$there"), here $(sum "$mine")."
    cp "$mine" "$keep/"
    status=1
  fi
done
if [ "$compared" = 0 ]; then
  record same-bytes failed 'there is something to compare' "No package of $1 is in $2, too."
  status=1
fi
exit "$status"
