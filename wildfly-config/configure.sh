#!/usr/bin/env bash
# Configures a WildFly that is not running: the driver as a module, then base.cli and each module's script.
#   configure.sh <wildfly home> <postgresql driver jar> [<server base dir>]
# Can be repeated: what is there is brought up to date. The base directory defaults to <wildfly home>/standalone.
# RETAIL_BROKER=external: no broker in the server; it is a node at the one of broker.sh (RETAIL_BROKER_HOST, RETAIL_BROKER_PORT).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
wildfly=$1 driver=$2 base=${3:-$1/standalone}
case ${RETAIL_BROKER:=embedded} in
  embedded | external) ;;
  *) echo "RETAIL_BROKER is '$RETAIL_BROKER': say embedded or external" >&2; exit 2 ;;
esac

module=$wildfly/modules/org/postgresql/main
mkdir -p "$module"
cp "$driver" "$module/postgresql.jar"
cp "$here/xa-driver/target/postgresql-xa.jar" "$module/postgresql-xa.jar"
cp "$here/src/module/module.xml" "$module/module.xml"
module=$wildfly/modules/org/retailhub/log/main
mkdir -p "$module"
cp "$here/json-log/target/json-log.jar" "$module/json-log.jar"
cp "$here/src/module-log/module.xml" "$module/module.xml"

script=$(mktemp "${TMPDIR:-/tmp}/retail-cli.XXXXXX")
trap 'rm -f "$script"' EXIT
facts=$(awk -f "$here/src/broker/messaging.awk" "$here"/src/cli/*.cli)

# outside <removed|added>: the CLI's lines for each queue and topic as an external one.
outside() {
  local kind name entries
  while IFS=$'\t' read -r kind name entries; do
    case $kind in queue | topic) ;; *) continue ;; esac
    local at=/subsystem=messaging-activemq/external-jms-$kind=$name
    if [ "$1" = removed ]; then
      printf '%s\n' "if (outcome == success) of $at:read-resource" "  $at:remove" end-if
    else
      echo "$at:add(entries=$entries)"
    fi
  done <<< "$facts"
}

{
  echo "embed-server --server-config=standalone-full.xml --std-out=discard"
  outside removed
  cat "$here/src/broker/embedded.cli"
  cat "$here/src/cli/base.cli"
  for each in "$here"/src/cli/*.cli; do
    [ "$(basename "$each")" = base.cli ] || cat "$each"
  done
  if [ "$RETAIL_BROKER" = external ]; then
    outside added
    cat "$here/src/broker/external.cli"
  fi
  echo "stop-embedded-server"
} | sed -e 's/^#.*//' -e '/^[[:space:]]*$/d' > "$script"

# The embedded server writes its log, if any, where the real one does.
log=$base/log/configure.log
mkdir -p "$base/log"
if ! JAVA_OPTS="-Xmx512m -Djboss.server.base.dir=$base" "$wildfly/bin/jboss-cli.sh" --no-color-output --file="$script" > "$log" 2>&1 ||
  grep -q '"outcome" => "failed"' "$log"; then
  echo "WildFly's configuration failed; see $log:" >&2
  grep -B2 -A6 -iE 'failed|error|exception' "$log" | tail -20 >&2
  exit 1
fi
