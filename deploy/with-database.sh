#!/bin/sh
# Start a command with LEEWARD_DATABASE put together from a role and the secret file that holds its password,
# so that no password stands in compose.yaml, .env, or what `inspect` shows.
set -eu
role=$1 secret=$2
shift 2
LEEWARD_DATABASE="postgresql://$role:$(cat "/run/secrets/$secret")@database/leeward"
export LEEWARD_DATABASE
exec "$@"
