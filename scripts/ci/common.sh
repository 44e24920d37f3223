# shellcheck shell=sh
# The common part of the workflow's steps. They run in the checkout, regardless of the caller's folder.

case $0 in
  */*) here=${0%/*} ;;
  *) here=. ;;
esac
cd "$here/../.." || exit 1

# What is kept as an artifact: results, answers, logs.
keep=build/ci/kept
mkdir -p "$keep"

# In a container the checkout belongs to another user, and git would refuse it.
if [ "${GITHUB_ACTIONS-}" = true ] && command -v git >/dev/null 2>&1; then
  git config --global --add safe.directory "$PWD"
fi

# record LINE RESULT WHAT FOUND: adds to what check-on-mac.sh keeps. LINE is an id of
# docs/unverified-on-mac.md.
record() {
  printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >>"$keep/results.tsv"
  printf '%s: %s: %s %s\n' "$2" "$1" "$3" "$4"
}

# sum FILE: its SHA-256, by the program that this system has.
sum() {
  { shasum -a 256 "$1" 2>/dev/null || sha256sum "$1"; } | cut -d ' ' -f 1
}
