#!/bin/sh
# Removes the product with all that it recorded, by the script that it installed.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

/bin/cp -R "$HOME/Library/Logs/PSSO Monitor" "$keep/logs" 2>/dev/null || :
/usr/bin/sudo -n /bin/sh '/Library/Application Support/PSSO Monitor/share/uninstall.sh' --purge | /usr/bin/tee "$keep/uninstall.log"
if /usr/bin/grep -q 'Nothing of PSSO Monitor is left on this Mac' "$keep/uninstall.log"; then
  record uninstall-leaves-nothing passed 'uninstall.sh says so' ''
else
  record uninstall-leaves-nothing failed 'uninstall.sh says so' 'See uninstall.log.'
  exit 1
fi
