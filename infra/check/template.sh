#!/bin/sh
# Lints the templates, as they stand and as AWS's transform makes them; holds the transform that the tests read against
# template.yaml; and shows that mistakes in template.yaml are found.
set -eu
cd "$(dirname "$0")/../.."
bin=$(sh infra/check/python.sh --bin)
"$bin/cfn-lint" template.yaml infra/watch.yaml infra/edge.yaml

# In the repository's folder, from which the nested templates' paths are read.
made=$(mktemp ./.transformed.XXXXXX)
trap 'rm -f "$made"' EXIT
for deployment in AllAtOnce Canary10Percent5Minutes; do
	"$bin/python" infra/check/transform.py template.yaml Deployment=$deployment >"$made"
	# W2001: the transform has put some parameters' values in their places. W3002: "sam deploy" uploads the nested templates.
	"$bin/cfn-lint" --ignore-checks W2001 W3002 -- "$made"
done
"$bin/python" infra/check/transform.py template.yaml >"$made"
cmp -s "$made" infra/policy/testdata/template.json || {
	echo "infra/policy/testdata/template.json is not what template.yaml is transformed into: run make transform"
	exit 1
}
FACTBOX_PYTHON=$bin/python go test -run TestMistakes ./infra/policy
echo "template.yaml is valid"
