#!/usr/bin/env bash
# Asks every address of REST for what its description allows, and for what it does not, by schemathesis with all its
# checks: 50 examples an operation, as a stranger and, with a token, as a member. It writes and deletes findings, so give it
# a server that nobody needs, with HEADLIGHT_API_PER_MINUTE=1000000.
#   src/reference/api/schemathesis.sh http://localhost:8080 [hl_…]
set -eu
server=${1:?the address of a running server}
token=${2:-}
version=4.32.5
here=$(cd "$(dirname "$0")" && pwd)
tools=${TMPDIR:-/tmp}/headlight-schemathesis-$version
[ -x "$tools/bin/schemathesis" ] || {
  python3 -m venv "$tools" && "$tools/bin/pip" install --quiet "schemathesis==$version"
}
found=0
ask() {
  echo "As a $1:"
  shift
  "$tools/bin/schemathesis" --config-file "$here/schemathesis.toml" run "$server/api/openapi" \
    --checks all --max-examples 50 --seed 1 "$@" || found=1
}
ask stranger
[ -z "$token" ] || ask member --header "Authorization: Bearer $token"
exit $found
