#!/usr/bin/env bash
# Gives a configured WildFly that is not running an HTTPS listener with a certificate of yours.
#   tls.sh <wildfly home> [<server base dir>]
# Can be repeated. The server reads RETAIL_TLS_KEYSTORE, RETAIL_TLS_PASSWORD and RETAIL_HTTPS_PORT when it starts.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
wildfly=$1 base=${2:-$1/standalone}

script=$(mktemp "${TMPDIR:-/tmp}/retail-cli.XXXXXX")
trap 'rm -f "$script"' EXIT
{
  echo "embed-server --server-config=standalone-full.xml --std-out=discard"
  sed -e 's/^#.*//' -e '/^[[:space:]]*$/d' "$here/src/tls/tls.cli"
  echo "stop-embedded-server"
} > "$script"
log=$base/log/tls.log
mkdir -p "$base/log"
if ! JAVA_OPTS="-Xmx512m -Djboss.server.base.dir=$base" "$wildfly/bin/jboss-cli.sh" --no-color-output --file="$script" > "$log" 2>&1 ||
  grep -q '"outcome" => "failed"' "$log"; then
  echo "The listener's configuration failed; see $log:" >&2
  grep -B2 -A6 -iE 'failed|error|exception' "$log" | tail -20 >&2
  exit 1
fi
