#!/bin/sh
# `npm run release:check`, also in an empty clone: installs what is missing there first.
set -eu

[ -d node_modules ] || npm ci
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
node scripts/check-node.js
exec node scripts/release-check.ts "$@"
