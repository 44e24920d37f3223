#!/bin/sh
# A user without administrator rights, with a space in the home folder, for check-on-mac.sh --standard-user.
# The runner is deleted afterwards, and the user with it.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

name=pssotest home='/Users/psso test'
password=$(/usr/bin/uuidgen)
/usr/bin/sudo -n /usr/sbin/sysadminctl -addUser "$name" -fullName 'Standard User' -password "$password" -home "$home"
/usr/bin/sudo -n /usr/sbin/createhomedir -c -u "$name" >/dev/null
/usr/bin/id "$name"
