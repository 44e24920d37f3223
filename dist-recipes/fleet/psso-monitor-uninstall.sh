#!/bin/sh
exec /bin/sh "/Library/Application Support/PSSO Monitor/share/uninstall.sh"
