#!/usr/bin/env bash
# Unpacks WildFly to RETAIL_HOME/wildfly and configures a server in RETAIL_HOME/server, unless that was done from the same
# inputs. What the server has written (journals, transaction log) is kept. The server must not run.
#   provision.sh [--check]   --check: only say, by the exit code, whether there is nothing to do
# RETAIL_SERVER: another folder for the server. RETAIL_BROKER=external: without a broker of its own (configure.sh).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${RETAIL_HOME:?}"
. "$here/target/inputs.env"

checksum() { if command -v sha256sum > /dev/null; then sha256sum; else shasum -a 256; fi | cut -d' ' -f1; }
wildfly=$RETAIL_HOME/wildfly base=${RETAIL_SERVER:-$RETAIL_HOME/server}
stamp=$base/provisioned

inputs=$({
  echo "$WILDFLY_VERSION" "$(basename "$POSTGRESQL_JAR")" "$wildfly" "${RETAIL_BROKER:-embedded}"
  cat "$here"/src/cli/*.cli "$here"/src/broker/* "$here"/src/module/module.xml "$here"/*.sh "$here"/xa-driver/src/main/java/org/retailhub/xa/*.java
  cat "$here"/src/module-log/module.xml "$here"/json-log/src/main/java/org/retailhub/log/*.java
} | checksum)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$inputs" ] && exit 0
[ "${1:-}" != --check ] || exit 1

if [ ! -f "$wildfly/version.txt" ] || ! grep -q "$WILDFLY_VERSION" "$wildfly/.unpacked" 2> /dev/null; then
  rm -rf "$wildfly" "$wildfly.new"
  mkdir -p "$wildfly.new"
  (cd "$wildfly.new" && "${JAVA_HOME:+$JAVA_HOME/bin/}jar" xf "$WILDFLY_ZIP")
  mv "$wildfly.new/wildfly-$WILDFLY_VERSION" "$wildfly"
  rmdir "$wildfly.new"
  chmod +x "$wildfly"/bin/*.sh
  echo "$WILDFLY_VERSION" > "$wildfly/.unpacked"
fi

# With the configuration goes the note that the application is in it.
rm -rf "$base/configuration" "$base/tmp" "$base/data/content" "$base/deployed"
mkdir -p "$base"
cp -R "$wildfly/standalone/configuration" "$base/configuration"
"$here/configure.sh" "$wildfly" "$POSTGRESQL_JAR" "$base"
echo "$inputs" > "$stamp"
