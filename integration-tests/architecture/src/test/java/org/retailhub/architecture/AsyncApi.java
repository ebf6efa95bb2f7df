package org.retailhub.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The messages' document, and in which it is not what the code does. */
final class AsyncApi {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, String> WIRE = Map.of(
            "java.lang.String", "string",
            "java.time.OffsetDateTime", "date-time",
            "java.time.Instant", "date-time",
            "java.math.BigDecimal", "decimal",
            "int", "integer",
            "long", "integer",
            "java.lang.Long", "integer",
            "boolean", "boolean",
            "java.lang.Boolean", "boolean",
            "com.fasterxml.jackson.databind.JsonNode", "anything");

    private final JsonNode document;
    private final MessagesInCode code;
    private final List<String> faults = new ArrayList<>();

    private AsyncApi(JsonNode document, MessagesInCode code) {
        this.document = document;
        this.code = code;
    }

    /** What one of the two has and the other has not, and what is wrong with the document by itself. */
    static List<String> faults(JsonNode document, MessagesInCode code) {
        AsyncApi api = new AsyncApi(document, code);
        api.references(document);
        boolean whole = api.faults.isEmpty();
        api.same("address", names(document.path("channels")), code.addresses());
        document.path("channels").fields().forEachRemaining(each -> {
            if (!each.getKey().equals(each.getValue().path("address").asText())) {
                api.faults.add("the channel " + each.getKey() + " has another address");
            }
        });
        api.same("operation", api.operations(), code.operations());
        api.same(
                "message",
                names(document.at("/components/messages")),
                code.types().keySet());
        api.same(
                "property",
                names(document.at("/components/messageTraits/envelope/headers/properties")),
                code.properties());
        Set<String> records = new TreeSet<>();
        code.types().forEach((type, declaring) -> api.message(type, declaring, records));
        api.same("schema", api.schemasOfRecords(), records);
        if (whole) {
            // A schema that refers to nothing judges nothing.
            code.types()
                    .keySet()
                    .forEach(type -> api.examples(
                            type, document.at("/components/messages").path(type)));
        }
        return api.faults;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void same(String what, Set<String> said, Set<String> done) {
        done.stream()
                .filter(each -> !said.contains(each))
                .forEach(each -> faults.add("the document lacks the " + what + " " + each));
        said.stream()
                .filter(each -> !done.contains(each))
                .forEach(each -> faults.add("the code has no " + what + " " + each));
    }

    private void references(JsonNode node) {
        String to = node.path("$ref").asText("");
        if (!to.isEmpty() && resolve(to).isMissingNode()) {
            faults.add(to + " is not there");
        }
        node.forEach(this::references);
    }

    private JsonNode resolve(String reference) {
        JsonNode found = document;
        for (String step : reference.replaceFirst("^#/", "").split("/")) {
            found = found.path(step);
        }
        return found;
    }

    private Set<String> operations() {
        Set<String> found = new TreeSet<>();
        document.path("operations")
                .forEach(each -> found.add(each.at("/tags/0/name").asText() + " "
                        + each.path("action").asText() + " "
                        + resolve(each.at("/channel/$ref").asText())
                                .path("address")
                                .asText()));
        return found;
    }

    private Set<String> schemasOfRecords() {
        Set<String> schemas = names(document.at("/components/schemas"));
        schemas.removeIf(each -> Character.isLowerCase(each.charAt(0)));
        return schemas;
    }

    private void message(String type, Class<?> declaring, Set<String> records) {
        JsonNode message = document.at("/components/messages").path(type);
        if (!type.equals(message.path("name").asText())) {
            faults.add(type + " is named otherwise");
        }
        boolean sent = false;
        for (JsonNode channel : document.path("channels")) {
            sent |= channel.path("messages").has(type);
        }
        if (!sent) {
            faults.add(type + " is on no channel");
        }
        String reference = message.at("/payload/$ref").asText();
        if (declaring.isRecord()) {
            String name = reference.replaceFirst(".*/", "");
            code.record(declaring, name)
                    .ifPresentOrElse(
                            payload -> record(payload, records),
                            () -> faults.add(
                                    type + " is declared by " + declaring.getSimpleName() + ", not by " + name));
        }
    }

    private void examples(String type, JsonNode message) {
        if (!message.at("/examples/0").has("payload")) {
            faults.add(type + " has no example");
        }
        for (JsonNode example : message.path("examples")) {
            against(type + " example", message.path("payload"), example.path("payload"));
            if (message.has("traits")) {
                against(
                        type + " example",
                        resolve(message.at("/traits/0/$ref").asText()).path("headers"),
                        example.path("headers"));
            }
        }
    }

    private void against(String what, JsonNode schema, JsonNode value) {
        ObjectNode whole = new ObjectMapper().createObjectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", document.path("components"));
        Schema compiled = SCHEMAS.getSchema(whole.toString(), InputFormat.JSON);
        compiled.validate(value.toString(), InputFormat.JSON)
                .forEach(error -> faults.add(what + ": " + error.getInstanceLocation() + " " + error.getMessage()));
    }

    /** Its components are the schema's properties, by name, type and whether they may be absent; and so on inwards. */
    private void record(Class<?> type, Set<String> records) {
        String name = MessagesInCode.schemaName(type);
        if (!records.add(name)) {
            return;
        }
        JsonNode schema = document.at("/components/schemas").path(name);
        Map<String, RecordComponent> components = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(component.getName(), component);
        }
        same("field of " + name, names(schema.path("properties")), components.keySet());
        Set<String> required = new TreeSet<>();
        schema.path("required").forEach(each -> required.add(each.asText()));
        components.forEach((field, component) -> {
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean many = component.getType() == List.class || component.getType() == Map.class;
            if (nullable == required.contains(field) && !(many && !nullable)) {
                faults.add(name + "." + field + (nullable ? " may be absent" : " is required"));
            }
            field(name + "." + field, component, schema.path("properties").path(field), records);
        });
    }

    private void field(String where, RecordComponent component, JsonNode said, Set<String> records) {
        String generic = component.getGenericType().getTypeName();
        String expected = WIRE.getOrDefault(generic, generic);
        Class<?> type = component.getType();
        if (type == List.class) {
            expected = "array of " + inner(generic, records);
        } else if (type == Map.class) {
            expected = "map of " + WIRE.get(generic.replaceFirst(".*, ?(.*)>", "$1"));
        } else if (type.isEnum()) {
            expected = Arrays.stream(type.getEnumConstants())
                    .map(Object::toString)
                    .toList()
                    .toString();
        } else if (type.isRecord()) {
            expected = inner(generic, records);
        }
        String found = said(said);
        if (!expected.equals(found)) {
            faults.add(where + " is " + expected + " and the document says " + found);
        }
    }

    private String inner(String generic, Set<String> records) {
        String element = generic.replaceFirst("^java.util.List<(.*)>$", "$1");
        String word = WIRE.get(element);
        if (word != null) {
            return word;
        }
        Class<?> type = code.load(element);
        record(type, records);
        return MessagesInCode.schemaName(type);
    }

    /** A schema in a word. */
    private static String said(JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        if (!reference.isEmpty()) {
            return reference.replaceFirst(".*/", "");
        }
        if (schema.has("oneOf")) {
            return said(schema.at("/oneOf/0"));
        }
        String type = schema.path("type").isArray()
                ? schema.at("/type/0").asText()
                : schema.path("type").asText("anything");
        return switch (type) {
            case "array" -> "array of " + said(schema.path("items"));
            case "object" -> "map of " + said(schema.path("additionalProperties"));
            case "number" -> "decimal";
            case "string" -> ofText(schema);
            default -> type;
        };
    }

    /** Capitals are constants of an enum in code, small letters words that it keeps as text. */
    private static String ofText(JsonNode schema) {
        List<String> words = new ArrayList<>();
        schema.path("enum").forEach(each -> words.add(each.asText()));
        boolean constants = !words.isEmpty() && words.get(0).equals(words.get(0).toUpperCase(java.util.Locale.ROOT));
        return constants ? words.toString() : schema.path("format").asText("string");
    }
}
