#!/bin/sh
# Lints template.yaml with cfn-lint, installed into .factbox/lint where the machine has none.
set -eu
lint=cfn-lint
if ! command -v cfn-lint >/dev/null 2>&1; then
	lint=.factbox/lint/bin/cfn-lint
	if [ ! -x "$lint" ]; then
		python3 -m venv .factbox/lint
		.factbox/lint/bin/pip install --quiet cfn-lint==1.51.0
	fi
fi
"$lint" template.yaml
echo "template.yaml is valid"
