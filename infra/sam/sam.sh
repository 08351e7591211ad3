#!/bin/sh
# The pinned SAM CLI, installed by the first call: sh infra/sam/sam.sh local invoke ...
# It keeps what it remembers in .factbox/ and sends no telemetry.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
sh "$root/infra/sam/setup.sh" >&2
export SAM_CLI_TELEMETRY=0
export __SAM_CLI_APP_DIR="$root/.factbox/sam/home"
exec "$root/.factbox/sam/venv/bin/sam" "$@"
