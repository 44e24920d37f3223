#!/bin/sh
# Installs the programs by which the tests read packages, profiles, pages and scripts: `npm run tools`. It
# installs missing ones by apt-get (as root, or by sudo); elsewhere it prints which are missing. It can run
# again. With --quietly, as before each `npm test`, it installs as root only, without a password prompt. On a
# Mac it installs nothing: tests whose program is missing are skipped and counted (test/setup/test-tools.ts).
set -eu

[ "$(uname -s)" != Darwin ] || exit 0

quietly=no
[ "${1-}" != --quietly ] || quietly=yes

missing=
need() {
  command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}

need bsdtar libarchive-tools
need 7zz 7zip
need cpio cpio
need gzip gzip
need xz xz-utils
need ruby ruby
need file file
need openssl openssl
need plistutil libplist-utils
need xmllint libxml2-utils
need shellcheck shellcheck
need dash dash
need sqlite3 sqlite3
need chromium-headless-shell chromium-headless-shell
need bash bash
need posh posh
need zsh zsh
need fish fish
need mandoc mandoc
need faketime faketime
need strace strace
need rsyslogd rsyslog
need icns2png icnsutils
need curl curl
need nginx nginx-light

[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "The tests need these programs (their names in Debian):$missing" >&2
  exit 1
fi
sudo=
if [ "$(id -u)" -ne 0 ]; then
  if [ "$quietly" = yes ]; then
    echo "The tests need these Debian packages:$missing. Install them by: npm run tools" >&2
    exit 1
  fi
  sudo=sudo
fi
$sudo apt-get update -qq
# shellcheck disable=SC2086 # a list of words
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
