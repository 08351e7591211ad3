#!/bin/sh
# Runs a command with a Docker engine: the one that answers, or else one of its own, which is started as root for the
# command and stopped after it. On Debian and Ubuntu it installs what is missing by apt. For CI and machines without Docker:
#   sh infra/sam/with-docker.sh make sam-test
set -eu

answers() { [ -n "$(timeout 10 docker info --format '{{.ServerVersion}}' 2>/dev/null)" ]; }

fail() {
	echo "with-docker.sh: $1" >&2
	exit 1
}

missing=
command -v dockerd >/dev/null || answers || missing="docker.io"
command -v busybox >/dev/null || missing="$missing busybox-static"
if [ -n "$missing" ]; then
	[ "$(id -u)" = 0 ] || fail "install$missing, or run this as root"
	command -v apt-get >/dev/null || fail "there is no apt-get here: install$missing"
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq || fail "apt-get update failed"
	# shellcheck disable=SC2086
	apt-get install -qq -y --no-install-recommends $missing >/dev/null || fail "apt-get cannot install$missing"
	echo "installed:$missing"
fi
if answers; then
	exec "$@"
fi
[ "$(id -u)" = 0 ] || fail "no Docker engine answers: start yours, or run this as root to have one started"

dir=$(mktemp -d)
engine=
# Its containers are gone by now: the command removes its own. The data goes with the engine.
stop() {
	if [ -n "$engine" ]; then
		kill "$engine" 2>/dev/null || true
		wait "$engine" 2>/dev/null || true
	fi
	rm -rf "$dir"
}
# A signal is passed on to the command, which ends in order; then the engine is stopped.
child=
trap 'stop' EXIT
trap '[ -z "$child" ] || kill "$child" 2>/dev/null || true' INT TERM HUP

export DOCKER_HOST="unix://$dir/docker.sock"
# setsid: Ctrl-C on a terminal reaches the command, not the engine that it needs to clean up.
setsid dockerd --host "$DOCKER_HOST" --data-root "$dir/data" --exec-root "$dir/exec" --pidfile "$dir/pid" >"$dir/log" 2>&1 &
engine=$!
tries=0
until answers; do
	tries=$((tries + 1))
	if [ "$tries" -gt 60 ] || ! kill -0 "$engine" 2>/dev/null; then
		tail -n 5 "$dir/log" >&2
		fail "dockerd does not start here"
	fi
	sleep 1
done
echo "started a Docker engine for this run"
"$@" &
child=$!
status=0
wait "$child" || status=$?
while kill -0 "$child" 2>/dev/null; do # a signal cut the wait short
	status=0
	wait "$child" || status=$?
done
exit "$status"
