#!/bin/sh
# Renews the vendored font of the headings: sh dashboard/ui/assets/fonts/renew.sh [VERSION]
# Takes the package from the npm registry, keeps one weight for Latin letters (æ, ø, å, é, ö, – and “ are among
# them) and the licence, and writes what it is to vendored.toml, from which dashboard/server.py takes its name.
set -eu
cd "$(dirname "$0")"
package=@fontsource/source-serif-4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$package@${1:-latest}" && tar xzf ./*.tgz) >/dev/null
version=$(sed -n 's/^ *"version": "\(.*\)",$/\1/p' "$work/package/package.json")
file="source-serif-4-latin-600-$version.woff2"
rm -f source-serif-4-latin-600-*.woff2
cp "$work/package/files/source-serif-4-latin-600-normal.woff2" "$file"
cp "$work/package/LICENSE" source-serif-4.LICENSE
cat > vendored.toml <<EOF
# Written by renew.sh.
[source-serif-4]
package = "$package"
version = "$version"
file = "$file"
licence = "OFL-1.1"
licence_file = "source-serif-4.LICENSE"
sha256 = "$(sha256sum "$file" | cut -d' ' -f1)"
EOF
echo "$package $version"
