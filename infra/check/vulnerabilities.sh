#!/bin/sh
# Runs govulncheck, given as package@version; where its database cannot be reached it says so and goes on.
out=$(go run "$1" ./... 2>&1)
status=$?
printf '%s\n' "$out"
case "$out" in
*"fetching vulnerabilities"*) echo "govulncheck was skipped: its database cannot be reached from here"; exit 0 ;;
esac
exit $status
