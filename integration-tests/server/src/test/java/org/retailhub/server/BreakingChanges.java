package org.retailhub.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a newer API document takes from those who rely on an older one. Additions are no breaks. Our own, since the libraries that compare
 * documents read OpenAPI 3.0: in 3.1 they see no types.
 */
final class BreakingChanges {
    private final JsonNode before;
    private final JsonNode after;
    private final List<String> breaks = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private BreakingChanges(JsonNode before, JsonNode after) {
        this.before = before;
        this.after = after;
    }

    static List<String> between(JsonNode before, JsonNode after) {
        BreakingChanges changes = new BreakingChanges(before, after);
        before.path("paths").fields().forEachRemaining(path -> path.getValue()
                .fields()
                .forEachRemaining(operation -> changes.operation(
                        operation.getKey() + " " + path.getKey(),
                        operation.getValue(),
                        after.path("paths").path(path.getKey()).path(operation.getKey()))));
        return changes.breaks;
    }

    private void operation(String where, JsonNode old, JsonNode now) {
        if (now.isMissingNode()) {
            breaks.add(where + " is gone");
            return;
        }
        same(where + ": its id", old.path("operationId"), now.path("operationId"));
        same(where + ": its scope", old.path("x-required-scope"), now.path("x-required-scope"));
        parameters(where, old.path("parameters"), now.path("parameters"));
        body(where, old.path("requestBody"), now.path("requestBody"));
        old.path("responses").fields().forEachRemaining(response -> {
            if (response.getKey().startsWith("2")) {
                answer(
                        where + " " + response.getKey(),
                        response.getValue(),
                        now.path("responses").path(response.getKey()));
            }
        });
    }

    private void parameters(String where, JsonNode old, JsonNode now) {
        old.forEach(parameter -> {
            JsonNode same = named(now, parameter);
            String what = where + ": parameter " + parameter.path("name").asText();
            if (same.isMissingNode()) {
                breaks.add(what + " is gone");
            } else {
                accepted(what, parameter.path("schema"), same.path("schema"));
            }
        });
        now.forEach(parameter -> {
            if (parameter.path("required").asBoolean()
                    && !named(old, parameter).path("required").asBoolean()) {
                breaks.add(where + ": parameter " + parameter.path("name").asText() + " is required now");
            }
        });
    }

    private static JsonNode named(JsonNode parameters, JsonNode like) {
        for (JsonNode each : parameters) {
            if (each.path("name").equals(like.path("name")) && each.path("in").equals(like.path("in"))) {
                return each;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private void body(String where, JsonNode old, JsonNode now) {
        if (now.path("required").asBoolean() && !old.path("required").asBoolean()) {
            breaks.add(where + ": a body is required now");
        }
        old.path("content").fields().forEachRemaining(content -> {
            JsonNode same = now.path("content").path(content.getKey());
            if (same.isMissingNode()) {
                breaks.add(where + ": takes no " + content.getKey() + " any more");
            } else {
                accepted(where + " body", content.getValue().path("schema"), same.path("schema"));
            }
        });
    }

    private void answer(String where, JsonNode old, JsonNode now) {
        if (now.isMissingNode()) {
            breaks.add(where + " is gone");
            return;
        }
        old.path("content").fields().forEachRemaining(content -> {
            JsonNode same = now.path("content").path(content.getKey());
            if (same.isMissingNode()) {
                breaks.add(where + ": is no " + content.getKey() + " any more");
            } else {
                answered(where, content.getValue().path("schema"), same.path("schema"));
            }
        });
    }

    /** What callers send: everything that was taken is still taken. */
    private void accepted(String where, JsonNode oldRef, JsonNode nowRef) {
        JsonNode old = resolve(before, oldRef);
        JsonNode now = resolve(after, nowRef);
        if (seen("accepted", oldRef, nowRef)) {
            return;
        }
        if (!types(now).isEmpty() && !types(now).containsAll(types(old))) {
            breaks.add(where + ": takes " + types(now) + " in place of " + types(old));
        }
        narrowed(where, "maxLength", old, now, -1);
        narrowed(where, "maxItems", old, now, -1);
        narrowed(where, "maximum", old, now, -1);
        narrowed(where, "minLength", old, now, 1);
        narrowed(where, "minItems", old, now, 1);
        narrowed(where, "minimum", old, now, 1);
        if (now.has("pattern") && !now.path("pattern").equals(old.path("pattern"))) {
            breaks.add(where + ": takes another pattern");
        }
        if (now.has("enum") && !texts(now.path("enum")).containsAll(texts(old.path("enum")))) {
            breaks.add(where + ": takes fewer values");
        }
        if (now.has("enum") && !old.has("enum")) {
            breaks.add(where + ": takes only some values now");
        }
        Set<String> required = texts(now.path("required"));
        required.removeAll(texts(old.path("required")));
        required.forEach(field -> breaks.add(where + ": " + field + " is required now"));
        fields(where, old, now)
                .forEach(field -> accepted(
                        where + "." + field,
                        old.path("properties").path(field),
                        now.path("properties").path(field)));
        if (old.has("items")) {
            accepted(where + "[]", old.path("items"), now.path("items"));
        }
    }

    /** What callers read: everything that was there is there, and of the same type. */
    private void answered(String where, JsonNode oldRef, JsonNode nowRef) {
        JsonNode old = resolve(before, oldRef);
        JsonNode now = resolve(after, nowRef);
        if (seen("answered", oldRef, nowRef)) {
            return;
        }
        if (!types(old).isEmpty() && (types(now).isEmpty() || !types(old).containsAll(types(now)))) {
            breaks.add(where + ": is " + types(now) + " in place of " + types(old));
        }
        Set<String> optional = texts(old.path("required"));
        optional.removeAll(texts(now.path("required")));
        optional.forEach(field -> breaks.add(where + ": " + field + " may be absent now"));
        fields(where, old, now)
                .forEach(field -> answered(
                        where + "." + field,
                        old.path("properties").path(field),
                        now.path("properties").path(field)));
        if (old.has("items")) {
            answered(where + "[]", old.path("items"), now.path("items"));
        }
        if (old.path("additionalProperties").isObject()) {
            answered(where + ".*", old.path("additionalProperties"), now.path("additionalProperties"));
        }
    }

    /** The fields of both; one that is gone is a break both ways: unknown fields are refused. */
    private List<String> fields(String where, JsonNode old, JsonNode now) {
        List<String> both = new ArrayList<>();
        old.path("properties").fieldNames().forEachRemaining(field -> {
            if (now.path("properties").has(field)) {
                both.add(field);
            } else {
                breaks.add(where + "." + field + " is gone");
            }
        });
        return both;
    }

    private void narrowed(String where, String limit, JsonNode old, JsonNode now, int direction) {
        if (now.has(limit)
                && (!old.has(limit)
                        || direction
                                        * now.path(limit)
                                                .decimalValue()
                                                .compareTo(old.path(limit).decimalValue())
                                > 0)) {
            breaks.add(where + ": " + limit + " is " + now.path(limit) + " now");
        }
    }

    private void same(String what, JsonNode old, JsonNode now) {
        if (!old.equals(now)) {
            breaks.add(what + " is " + now + " in place of " + old);
        }
    }

    /** A named schema is compared once each way; also ends at schemas that contain themselves. */
    private boolean seen(String way, JsonNode oldRef, JsonNode nowRef) {
        return oldRef.has("$ref") && !compared.add(way + oldRef.path("$ref") + nowRef.path("$ref"));
    }

    private static JsonNode resolve(JsonNode document, JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private static Set<String> types(JsonNode schema) {
        return schema.path("type").isTextual() ? Set.of(schema.path("type").asText()) : texts(schema.path("type"));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
