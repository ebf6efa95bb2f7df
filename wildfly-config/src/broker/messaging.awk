# What the CLI scripts say about the embedded broker, one fact a line, so that an external one can be given the same:
#   queue <name> <entries> | topic <name> <entries> | divert <name> <address> <forwarding address> <exclusive> [<filter>]
#   address <setting> <value> | server <setting> <value>
# Fields are parted by tabs. What it does not understand ends it: nothing may be lost on the way to the other broker.

BEGIN { OFS = "\t"; at = "/subsystem=messaging-activemq/server=default" }

function fail(why) { print FILENAME ":" FNR ": " why ": " $0 > "/dev/stderr"; failed = 1; exit 1 }

# The value of one parameter of an operation; "" if it is not there.
function parameter(name,   rest, end) {
  if (!match(line, "[(,]" name "=")) return ""
  rest = substr(line, RSTART + RLENGTH)
  if (substr(rest, 1, 1) == "\"") { rest = substr(rest, 2); return substr(rest, 1, index(rest, "\"") - 1) }
  if (substr(rest, 1, 1) == "[") return substr(rest, 1, index(rest, "]"))
  match(rest, /[,)]/)
  return substr(rest, 1, RSTART - 1)
}

# ${env.NAME:default} as it is here and now.
function resolved(value,   inner, colon, name) {
  if (value !~ /^\$\{env\.[^}]*\}$/) return value
  inner = substr(value, 7, length(value) - 7)
  colon = index(inner, ":")
  name = colon ? substr(inner, 1, colon - 1) : inner
  if (name in ENVIRON && ENVIRON[name] != "") return ENVIRON[name]
  if (!colon) fail("nothing is set for " name)
  return substr(inner, colon + 1)
}

{ line = $0; sub(/^[ \t]+/, "", line) }
index(line, at) != 1 { next }
{ what = substr(line, length(at) + 1) }
what ~ /^\/jms-(queue|topic)=[^:]*:add\(/ {
  kind = what ~ /^\/jms-queue/ ? "queue" : "topic"
  name = what; sub(/^[^=]*=/, "", name); sub(/:add.*/, "", name)
  if (parameter("selector") != "") fail("a selector is not known here")
  print kind, name, parameter("entries")
  next
}
what ~ /^\/divert=[^:]*:add\(/ {
  name = what; sub(/^[^=]*=/, "", name); sub(/:add.*/, "", name)
  if (parameter("transformer-class-name") != "") fail("a transformer is not known here")
  print "divert", name, parameter("divert-address"), parameter("forwarding-address"), parameter("exclusive"), parameter("filter")
  next
}
what ~ /^\/address-setting=#:write-attribute\(/ { print "address", parameter("name"), resolved(parameter("value")); next }
what ~ /^\/address-setting=#:undefine-attribute\(/ { next }
what ~ /^:write-attribute\(/ { print "server", parameter("name"), resolved(parameter("value")); next }
# Stock queues, factories and doors that base.cli removes; the factory in this JVM.
what ~ /^\/[a-z-]+=[^:]*:remove$/ { next }
what ~ /^\/pooled-connection-factory=retail-xa:add\(/ { next }
{ fail("the external broker cannot be told this") }
END { if (failed) exit 1 }
