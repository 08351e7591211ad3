#!/bin/sh
# Runs Python with AWS's template tools, installed into .factbox/lint on the first run. With --bin it prints the folder that they are in.
set -eu
cd "$(dirname "$0")/../.."
tools="cfn-lint==1.58.0 aws-sam-translator==1.115.0"
python=.factbox/lint/bin/python
if [ "$(cat .factbox/lint/tools 2>/dev/null)" != "$tools" ]; then
	rm -rf .factbox/lint
	python3 -m venv .factbox/lint
	$python -m pip install --quiet --disable-pip-version-check $tools >&2
	echo "$tools" >.factbox/lint/tools
fi
if [ "${1-}" = --bin ]; then
	echo "$PWD/.factbox/lint/bin"
	exit
fi
exec $python "$@"
