#!/bin/sh
# Installs what the tests of infra/browser need beside Go and npm: Chromium, and a font with Latin and Arabic letters. As root on Debian by
# apt; elsewhere it says what to install. It does nothing where they are there. CHROMIUM may name a browser. With "check" it installs nothing,
# and says what is missing.
set -eu

missing=
found=
for name in ${CHROMIUM:-chromium chromium-browser google-chrome}; do
	if command -v "$name" >/dev/null; then
		found=$name
		break
	fi
done
[ -n "$found" ] || missing=chromium
[ -n "$(fc-list :lang=ar 2>/dev/null)" ] || missing="$missing fontconfig fonts-noto-core"
[ -n "$missing" ] || exit 0
if [ "${1-}" = check ]; then
	echo "NOTE: what people see was not tested in a browser (infra/browser): make browser-test installs what is missing: $missing"
	exit 0
fi

fail() {
	echo "infra/browser/setup.sh: $1" >&2
	exit 1
}
command -v apt-get >/dev/null || fail "there is no apt-get here; install by your own means: $missing"
[ "$(id -u)" = 0 ] || fail "run this as root, or: sudo apt-get install $missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || fail "apt-get update failed"
# shellcheck disable=SC2086
apt-get install -qq -y --no-install-recommends $missing >/dev/null || fail "apt-get cannot install $missing"
echo "installed: $missing"
