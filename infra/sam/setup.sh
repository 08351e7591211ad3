#!/bin/sh
# Installs the SAM CLI as requirements.txt pins it, into .factbox/sam/venv of the repository; nothing outside of it.
# It does nothing where that is already there. An installation that was cut off is begun anew.
set -eu
cd "$(dirname "$0")/../.."
venv=.factbox/sam/venv
pins=infra/sam/requirements.txt
if cmp -s "$pins" "$venv/installed.txt"; then
	exit 0
fi
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || {
	echo "the SAM CLI needs Python 3.10 or newer as python3" >&2
	exit 1
}
rm -rf "$venv"
python3 -m venv "$venv" || {
	echo "python3 cannot make a virtual environment: on Debian and Ubuntu install python3-venv" >&2
	exit 1
}
# The pins are complete, and "pip check" says so: with --no-deps pip need not look for what their extras ask for, which
# it refuses to find in a list with hashes.
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: -r "$pins"
"$venv/bin/pip" --disable-pip-version-check check
cp "$pins" "$venv/installed.txt"
echo "installed $("$venv/bin/sam" --version) into $venv"
