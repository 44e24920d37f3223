#!/bin/sh
# sign-packages.sh FOLDER: the packages of the release, in build/ci/finished. With the secrets they are built
# again, with Node under the product's own identity, signed and notarized. Without a secret they are those of
# FOLDER, unsigned.
#
# Secrets, as environment variables: APPLICATION_P12 and INSTALLER_P12 (certificates with their keys, in
# base64), P12_PASSWORD, NOTARY_KEY (the text of a .p8 key of App Store Connect), NOTARY_KEY_ID and
# NOTARY_ISSUER.
set -eu
umask 077
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

finished=build/ci/finished
rm -rf "$finished"
mkdir -p "$finished"

missing=
have=no
for name in APPLICATION_P12 INSTALLER_P12 P12_PASSWORD NOTARY_KEY NOTARY_KEY_ID NOTARY_ISSUER; do
  eval "value=\${$name-}"
  if [ -n "$value" ]; then have=yes; else missing="$missing $name"; fi
done
if [ "$have" = no ]; then
  echo '::warning::There are no secrets: the packages of this release are not signed.'
  cp "$1"/*.pkg "$finished/"
  exit 0
fi
[ -z "$missing" ] || {
  echo "Some secrets are missing:$missing. Set all of them, or none." >&2
  exit 1
}

place=$(mktemp -d "${RUNNER_TEMP:-/tmp}/psso-monitor-signing.XXXXXX")
keychain="$place/signing.keychain-db"
remove_keys() {
  /usr/bin/security delete-keychain "$keychain" >/dev/null 2>&1 || :
  rm -rf "$place"
}
trap remove_keys EXIT
trap 'exit 1' HUP INT TERM

password=$(/usr/bin/openssl rand -hex 24)
/usr/bin/security create-keychain -p "$password" "$keychain"
/usr/bin/security set-keychain-settings -lut 7200 "$keychain"
/usr/bin/security unlock-keychain -p "$password" "$keychain"
for name in APPLICATION_P12 INSTALLER_P12; do
  eval "value=\$$name"
  printf '%s' "$value" | /usr/bin/base64 -D >"$place/identity.p12"
  /usr/bin/security import "$place/identity.p12" -k "$keychain" -f pkcs12 -P "${P12_PASSWORD?}" \
    -T /usr/bin/codesign -T /usr/bin/productsign
  rm -f "$place/identity.p12"
done
# Otherwise codesign would ask for the password in a dialog.
/usr/bin/security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
# codesign finds an identity only in a keychain of the list.
others=$(/usr/bin/security list-keychains -d user | /usr/bin/sed -e 's|^ *"||' -e 's|"$||')
set -- "$keychain"
while IFS= read -r other; do
  [ -z "$other" ] || set -- "$@" "$other"
done <<LIST
$others
LIST
/usr/bin/security list-keychains -d user -s "$@"

# identity KIND: the name of the one certificate of this kind.
identity() {
  /usr/bin/security find-identity -v "$keychain" | /usr/bin/sed -n "s|.*\"\(Developer ID $1: .*\)\".*|\1|p" |
    /usr/bin/head -n 1
}
APP_IDENTITY=$(identity Application)
INSTALLER_IDENTITY=$(identity Installer)
for name in "$APP_IDENTITY" "$INSTALLER_IDENTITY"; do
  [ -n "$name" ] || {
    echo 'The certificates hold no "Developer ID Application" and "Developer ID Installer".' >&2
    exit 1
  }
done
printf '%s\n' "${NOTARY_KEY?}" >"$place/notary.p8"
NOTARY_PROFILE=psso-monitor
NOTARY_KEYCHAIN=$keychain
/usr/bin/xcrun notarytool store-credentials "$NOTARY_PROFILE" --key "$place/notary.p8" --key-id "${NOTARY_KEY_ID?}" \
  --issuer "${NOTARY_ISSUER?}" --keychain "$keychain"
rm -f "$place/notary.p8"
# The build and the programs that it starts need none of them.
unset APPLICATION_P12 INSTALLER_P12 P12_PASSWORD NOTARY_KEY NOTARY_KEY_ID NOTARY_ISSUER value

export APP_IDENTITY INSTALLER_IDENTITY NOTARY_PROFILE NOTARY_KEYCHAIN
for architecture in arm64 x86_64 universal; do
  npm run -s build:pkg -- --arch "$architecture" --out "$finished"
done
