#!/bin/sh
# Renews the vendored accessibility checker: sh tests/browser/assets/renew.sh [VERSION]
# Fetches axe-core from the npm registry, keeps the minified file and its licence, and writes what it is to
# vendored.toml, from which the tests take the file's name and hash.
set -eu
cd "$(dirname "$0")"
package=axe-core
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$package@${1:-latest}" && tar xzf "$package"-*.tgz) >/dev/null
version=$(sed -n 's/^ *"version": "\([0-9.]*\)",$/\1/p' "$work/package/package.json")
file="axe-$version.min.js"
rm -f axe-*.min.js
cp "$work/package/axe.min.js" "$file"
cp "$work/package/LICENSE" axe.LICENSE
cat > vendored.toml <<EOF
# Written by renew.sh.
[axe]
package = "$package"
version = "$version"
file = "$file"
licence = "MPL-2.0"
licence_file = "axe.LICENSE"
source = "npm: $package@$version"
sha256 = "$(sha256sum "$file" | cut -d' ' -f1)"
EOF
echo "$package $version"
