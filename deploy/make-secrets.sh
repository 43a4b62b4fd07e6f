#!/bin/sh
# Make the secrets that compose.yaml hands out, once: the pepper and two database passwords.
# Their folder is for root alone; inside it the containers' users may read what they are given.
set -eu
folder=$(dirname "$0")/secrets
mkdir -m 700 "$folder" || { echo "There are secrets in $folder already; nothing was changed." >&2; exit 1; }

random() { head -c "$1" /dev/urandom | base64; }
printf 'leeward pepper 1\n%s\n' "$(random 32)" >"$folder/pepper"
random 24 | tr '/+' '_-' >"$folder/owner-password"
random 24 | tr '/+' '_-' >"$folder/app-password"
chmod 444 "$folder"/*
echo "Made. Keep a copy of $folder/pepper in a safe place, away from this machine and from database backups."
