#!/bin/sh
# Renews the vendored Plotly bundle: sh dashboard/ui/assets/renew.sh [VERSION]
# Fetches the package from the npm registry, keeps the minified file and its licence, and writes what it is
# to vendored.toml, from which dashboard/ui/chart_element.py takes the file's name and hash.
set -eu
cd "$(dirname "$0")"
package=plotly.js-basic-dist-min
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$package@${1:-latest}" && tar xzf "$package"-*.tgz) >/dev/null
version=$(sed -n 's/^ *"version": "\(.*\)",$/\1/p' "$work/package/package.json")
file="plotly-basic-$version.min.js"
rm -f plotly-basic-*.min.js
cp "$work/package/plotly-basic.min.js" "$file"
cp "$work/package/LICENSE" plotly-basic.LICENSE
cat > vendored.toml <<EOF
# Written by renew.sh.
[plotly]
package = "$package"
version = "$version"
file = "$file"
licence = "MIT"
licence_file = "plotly-basic.LICENSE"
source = "npm: $package@$version"
sha256 = "$(sha256sum "$file" | cut -d' ' -f1)"
EOF
echo "$package $version"
