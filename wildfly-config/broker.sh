#!/usr/bin/env bash
# A stand-alone Apache Artemis for several servers: the queues, addresses, diverts and limits that src/cli gives the embedded broker.
#   broker.sh xml                                   prints broker.xml
#   broker.sh configure <artemis home> <instance>   makes the instance, or brings it up to date; it may run: queues that are new
#                                                   come within seconds, the rest at its next start
#   broker.sh provision                             unpacks Artemis to RETAIL_ARTEMIS, configures RETAIL_HOME/broker
# Environment: RETAIL_BROKER_HOST, RETAIL_BROKER_PORT, RETAIL_BROKER_CONSOLE_PORT, RETAIL_BROKER_PASSWORD (of the servers),
# RETAIL_BROKER_ADMIN_PASSWORD, RETAIL_BROKER_ACCEPTOR (further parameters of its port, such as sslEnabled=true;keyStorePath=…),
# RETAIL_JOURNAL_TYPE, RETAIL_JOURNAL_BUFFER_TIMEOUT (ns), RETAIL_BROKER_MEMORY.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
host=${RETAIL_BROKER_HOST:-127.0.0.1} port=${RETAIL_BROKER_PORT:-61616} console=${RETAIL_BROKER_CONSOLE_PORT:-8161}
memory=${RETAIL_BROKER_MEMORY:-256M}

checksum() { if command -v sha256sum > /dev/null; then sha256sum; else shasum -a 256; fi | cut -d' ' -f1; }

facts() { awk -f "$here/src/broker/messaging.awk" "$here"/src/cli/*.cli; }

# An attribute of the embedded broker, as broker.xml calls it.
server_settings() {
  while IFS=$'\t' read -r kind name value; do
    [ "$kind" = server ] || continue
    case $name in
      global-max-disk-usage) echo "    <max-disk-usage>$value</max-disk-usage>" ;;
      statistics-enabled) echo "    <message-counter-enabled>$value</message-counter-enabled>" ;;
      journal-*) echo "    <$name>$value</$name>" ;;
      *) echo "broker.sh: it does not know how broker.xml calls '$name'" >&2; return 1 ;;
    esac
  done
}

broker_xml() {
  local all kind name first second third fourth
  all=$(facts)
  cat << XML
<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by wildfly-config/broker.sh: change src/cli, then make it again. -->
<configuration xmlns="urn:activemq">
  <core xmlns="urn:activemq:core">
    <name>retailhub</name>
    <persistence-enabled>true</persistence-enabled>
    <bindings-directory>data/bindings</bindings-directory>
    <journal-directory>data/journal</journal-directory>
    <large-messages-directory>data/large-messages</large-messages-directory>
    <paging-directory>data/paging</paging-directory>
$(server_settings <<< "$all")
    <journal-datasync>true</journal-datasync>
    <journal-pool-files>10</journal-pool-files>
    <critical-analyzer-policy>LOG</critical-analyzer-policy>
    <acceptors>
      <acceptor name="core">tcp://$host:$port?protocols=CORE${RETAIL_BROKER_ACCEPTOR:+;$RETAIL_BROKER_ACCEPTOR}</acceptor>
    </acceptors>
    <!-- A server sends, takes and looks at messages; it makes no queue and manages nothing, but may ask how full disk and queues are. -->
    <management-message-rbac>true</management-message-rbac>
    <temporary-queue-namespace>temporary</temporary-queue-namespace>
    <security-settings>
      <security-setting match="#">
$(for each in send consume browse createDurableQueue deleteDurableQueue createNonDurableQueue deleteNonDurableQueue createAddress deleteAddress manage view edit; do
    echo "        <permission type=\"$each\" roles=\"admins\"/>"
  done)
      </security-setting>
      <security-setting match="jms.queue.#">
        <permission type="send" roles="servers,admins"/>
        <permission type="consume" roles="servers,admins"/>
        <permission type="browse" roles="servers,admins"/>
      </security-setting>
      <security-setting match="jms.topic.#">
        <permission type="send" roles="servers,admins"/>
      </security-setting>
      <security-setting match="activemq.management">
        <permission type="manage" roles="servers,admins"/>
        <permission type="send" roles="servers,admins"/>
      </security-setting>
      <security-setting match="mops.broker.getDiskStoreUsage">
        <permission type="view" roles="servers,admins"/>
      </security-setting>
      <security-setting match="mops.broker.getTotalMessageCount">
        <permission type="view" roles="servers,admins"/>
      </security-setting>
      <security-setting match="temporary.#">
        <permission type="createAddress" roles="servers,admins"/>
        <permission type="deleteAddress" roles="servers,admins"/>
        <permission type="createNonDurableQueue" roles="servers,admins"/>
        <permission type="deleteNonDurableQueue" roles="servers,admins"/>
        <permission type="send" roles="servers,admins"/>
        <permission type="consume" roles="servers,admins"/>
      </security-setting>
    </security-settings>
    <address-settings>
      <address-setting match="#">
$(while IFS=$'\t' read -r kind name first; do
    [ "$kind" != address ] || echo "        <$name>$first</$name>"
  done <<< "$all")
      </address-setting>
      <!-- Answers of the broker itself. -->
      <address-setting match="temporary.#">
        <auto-create-addresses>true</auto-create-addresses>
        <auto-delete-addresses>true</auto-delete-addresses>
        <!-- Nothing goes there; without them the broker would log two warnings for each answer. -->
        <dead-letter-address>nowhere</dead-letter-address>
        <expiry-address>nowhere</expiry-address>
      </address-setting>
    </address-settings>
    <addresses>
$(while IFS=$'\t' read -r kind name first; do
    case $kind in
      queue) echo "      <address name=\"jms.queue.$name\"><anycast><queue name=\"jms.queue.$name\"/></anycast></address>" ;;
      topic) echo "      <address name=\"jms.topic.$name\"><multicast/></address>" ;;
    esac
  done <<< "$all")
    </addresses>
    <diverts>
$(while IFS=$'\t' read -r kind name first second third fourth; do
    [ "$kind" = divert ] || continue
    echo "      <divert name=\"$name\"><address>$first</address><forwarding-address>$second</forwarding-address><exclusive>$third</exclusive>${fourth:+<filter string=\"$fourth\"/>}</divert>"
  done <<< "$all")
    </diverts>
  </core>
</configuration>
XML
}

# A file that is read while it is written would be half a configuration.
put() { cat > "$1.new" && mv "$1.new" "$1"; }

configure() {
  local home=$1 instance=$2 passwords
  : "${RETAIL_BROKER_PASSWORD:?the password of the servers}" "${RETAIL_BROKER_ADMIN_PASSWORD:?the password of the administrator}"
  mkdir -p "$(dirname "$instance")"
  if [ ! -f "$instance/etc/bootstrap.xml" ]; then
    "$home/bin/artemis" create --silent --require-login --user admin --password replaced-below --role admins \
      --host "$host" --default-port "$port" --http-host 127.0.0.1 --http-port "$console" --nio --no-autotune --no-autocreate \
      --java-memory "$memory" "$instance" > "$instance.log" 2>&1 ||
      { echo "the broker's instance cannot be made; see $instance.log" >&2; return 1; }
    rm -f "$instance.log"
  fi
  sed -i.before -E "s#(uri=\"https?://[^\":]*:)[0-9]+#\1$console#" "$instance/etc/bootstrap.xml"
  sed -i.before -E "s#-Xms[0-9]+M -Xmx[0-9]+[MG]#-Xms64M -Xmx$memory#" "$instance/etc/artemis.profile"
  rm -f "$instance"/etc/*.before
  broker_xml > "$instance/etc/broker.xml.made"
  put "$instance/etc/broker.xml" < "$instance/etc/broker.xml.made"
  rm -f "$instance/etc/broker.xml.made"
  passwords=$(printf '%s\n' "$RETAIL_BROKER_PASSWORD" "$RETAIL_BROKER_ADMIN_PASSWORD" | checksum)
  if [ "$passwords" != "$(cat "$instance/etc/passwords" 2> /dev/null || true)" ]; then
    (umask 077 && RETAIL_BROKER_PASSWORD=$RETAIL_BROKER_PASSWORD RETAIL_BROKER_ADMIN_PASSWORD=$RETAIL_BROKER_ADMIN_PASSWORD \
      "${JAVA_HOME:+$JAVA_HOME/bin/}java" "$here/BrokerPasswords.java" > "$instance/etc/artemis-users.properties.made")
    put "$instance/etc/artemis-users.properties" < "$instance/etc/artemis-users.properties.made"
    chmod 600 "$instance/etc/artemis-users.properties"
    rm -f "$instance/etc/artemis-users.properties.made"
    printf '%s\n' "admins = admin" "servers = server" | put "$instance/etc/artemis-roles.properties"
    (umask 077 && echo "$passwords" > "$instance/etc/passwords")
  fi
}

provision() {
  : "${RETAIL_HOME:?}"
  . "$here/broker/target/inputs.env"
  local home=${RETAIL_ARTEMIS:-$RETAIL_HOME/artemis} instance=$RETAIL_HOME/broker stamp=$RETAIL_HOME/broker/provisioned inputs
  inputs=$({
    echo "$ARTEMIS_VERSION" "$home" "$host" "$port" "$console" "$memory" "${RETAIL_BROKER_PASSWORD:-}" "${RETAIL_BROKER_ADMIN_PASSWORD:-}" \
      "${RETAIL_JOURNAL_TYPE:-}" "${RETAIL_JOURNAL_BUFFER_TIMEOUT:-}" "${RETAIL_BROKER_ACCEPTOR:-}"
    cat "$here"/src/cli/*.cli "$here"/src/broker/* "$here/broker.sh"
  } | checksum)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$inputs" ] && return
  if ! grep -qs "^$ARTEMIS_VERSION$" "$home/.unpacked"; then
    rm -rf "$home" "$home.new"
    mkdir -p "$home.new"
    (cd "$home.new" && "${JAVA_HOME:+$JAVA_HOME/bin/}jar" xf "$ARTEMIS_ZIP")
    mv "$home.new/apache-artemis-$ARTEMIS_VERSION" "$home"
    rmdir "$home.new"
    chmod +x "$home/bin/artemis"
    echo "$ARTEMIS_VERSION" > "$home/.unpacked"
  fi
  configure "$home" "$instance"
  echo "$inputs" > "$stamp"
}

case ${1:-} in
  xml) broker_xml ;;
  configure) [ $# = 3 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }; configure "$2" "$3" ;;
  provision) provision ;;
  *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
