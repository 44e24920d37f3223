#!/bin/sh
# verify-checksums.sh FOLDER: whether each file of a release is there with its checksum, and no other file.
set -eu

cd "$1"
if command -v sha256sum >/dev/null 2>&1; then
  sha256sum -c SHA256SUMS
else
  shasum -a 256 -c SHA256SUMS
fi
listed=$(sed -e 's|^[0-9a-f]*  ||' SHA256SUMS)
for file in *; do
  [ "$file" != SHA256SUMS ] || continue
  case "
$listed
" in
    *"
$file
"*) ;;
    *)
      printf '%s is not in SHA256SUMS.\n' "$file" >&2
      exit 1
      ;;
  esac
done
