#!/bin/sh
# publish-release.sh FOLDER: publishes FOLDER/assets with FOLDER/notes.md under the tag of this run. All files
# are there before the release can be seen.
set -eu
# shellcheck source=scripts/ci/common.sh
. "${0%/*}/common.sh"

[ "${GITHUB_REF_TYPE-}" = tag ] || {
  echo 'Only a tag can be released.' >&2
  exit 1
}
tag=${GITHUB_REF_NAME?}
sh scripts/ci/verify-checksums.sh "$1/assets"
# What a run left that was interrupted.
if [ "$(gh release view "$tag" --json isDraft --jq .isDraft 2>/dev/null || :)" = true ]; then
  gh release delete "$tag" --yes
fi
case $tag in
  *-*) kind=--prerelease ;;
  *) kind=--latest ;;
esac
gh release create "$tag" --draft --verify-tag "$kind" --title "PSSO Monitor ${tag#v}" --notes-file "$1/notes.md" "$1"/assets/*
gh release edit "$tag" --draft=false
