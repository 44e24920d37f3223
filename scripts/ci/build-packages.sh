#!/bin/sh
# build-packages.sh [--newer|--pbzx] ARCHITECTURE…: the packages of this commit, in build/ci/packages. With
# --newer, in build/ci/newer, the same with the next version's number, to be installed over them. With --pbzx,
# in build/ci/pbzx, the same with the smaller payload. `native` is the architecture of this machine.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

out=build/ci/packages payload=gzip
if [ "${1-}" = --pbzx ]; then
  shift
  out=build/ci/pbzx payload=pbzx
elif [ "${1-}" = --newer ]; then
  shift
  out=build/ci/newer
  cp package.json build/ci/package.json
  trap 'cp build/ci/package.json package.json' EXIT
  trap 'exit 1' HUP INT TERM
  # shellcheck disable=SC2016 # JavaScript's own
  node -e '
    const { readFileSync, writeFileSync } = require("node:fs");
    const file = JSON.parse(readFileSync("package.json", "utf8"));
    const [major, minor, patch] = file.version.split("-")[0].split(".").map(Number);
    file.version = `${major}.${minor}.${patch + 1}`;
    writeFileSync("package.json", `${JSON.stringify(file, null, 2)}\n`);
  '
fi
rm -rf "$out"
for architecture in "$@"; do
  [ "$architecture" != native ] || architecture=$(uname -m)
  npm run -s build:pkg -- --arch "$architecture" --payload "$payload" --out "$out"
done
