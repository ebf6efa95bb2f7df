package org.retailhub.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Hostile variants of a document that is good: its structure, its values, its text and its bytes. The same seed makes the same. */
final class Mutations {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Written into the text as they are, in the place of a value. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "2147483648",
            "9223372036854775808",
            "1e999999999",
            "1E-999999999",
            "-0.0",
            "0.1e1",
            "123456789012345678901234567890123456789012345678901234567890",
            "9".repeat(5_000),
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udfff\\ud800\"",
            "\"\\u202e\\u200b\\ufeff\"",
            "\"\\u0001\\u001f\\u007f\"",
            "\"\uD83D\uDE00\"",
            "\"'; drop table ordering.orders; --\"",
            "\"${jndi:ldap://127.0.0.1:1/a}\"",
            "\"../../../../etc/passwd\"",
            "\"<script>alert(1)</script>\"",
            "\"%s%n%x\"",
            "\"NaN\"",
            "\"1e400\"",
            "\"0x10\"",
            "\"12,30\"",
            "\"" + "x".repeat(70_000) + "\"",
            "\"2026-02-30T25:61:61+99:99\"",
            "\"+999999999-12-31T23:59:59.999999999Z\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[{}]",
            "{\"\":0}",
            "{\"a\":{\"b\":{\"c\":[1,2,{\"d\":null}]}}}",
            "[".repeat(40) + "]".repeat(40),
            "[".repeat(5_000) + "]".repeat(5_000),
            "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000),
            "NaN",
            "Infinity",
            "undefined",
            "'single'",
            "01",
            "+1",
            ".5",
            "0x1F",
            "\"\\x41\"",
            "\"tab\there\"",
            "/* comment */ 1");

    private static final String MARK = "@@mutated@@";

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    /** One to three changes at once. */
    byte[] of(JsonNode good) {
        byte[] body = structure(good.deepCopy());
        for (int more = random.nextInt(4) - 1; more > 0; more--) {
            body = bytes(body);
        }
        return body;
    }

    private byte[] structure(JsonNode node) {
        if (random.nextInt(8) == 0) {
            return bytes(text(node));
        }
        List<Runnable> changes = new ArrayList<>();
        collect(node, changes);
        if (changes.isEmpty() || random.nextInt(20) == 0) {
            return text(value());
        }
        changes.get(random.nextInt(changes.size())).run();
        return text(node.toString().replace("\"" + MARK + "\"", value()));
    }

    /** Each place where something can be replaced, left out, added or doubled. */
    private void collect(JsonNode node, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                changes.add(() -> object.put(name, MARK));
                changes.add(() -> object.put(name, MARK));
                changes.add(() -> object.remove(name));
                changes.add(() -> object.set(name + " ", object.remove(name)));
                changes.add(() -> object.put(name.toUpperCase(java.util.Locale.ROOT), MARK));
                collect(object.get(name), changes);
            }
            changes.add(() -> object.put("\u0000", MARK));
            changes.add(() -> object.put("x".repeat(3_000), MARK));
            changes.add(() -> object.put("__proto__", MARK));
        } else if (node instanceof ArrayNode array) {
            changes.add(array::removeAll);
            changes.add(() -> array.add(MARK));
            changes.add(() -> {
                JsonNode first =
                        array.isEmpty() ? JSON.createObjectNode() : array.get(0).deepCopy();
                for (int i = 0; i < 2_100; i++) {
                    array.add(first);
                }
            });
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                changes.add(() -> array.set(at, array.textNode(MARK)));
                changes.add(() -> array.add(array.get(at).deepCopy()));
                collect(array.get(i), changes);
            }
        }
    }

    private String value() {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static byte[] text(JsonNode node) {
        return text(node.toString());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] bytes(byte[] body) {
        int at = body.length == 0 ? 0 : random.nextInt(body.length);
        return switch (random.nextInt(14)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> changed(body, at, (byte) random.nextInt(256));
            case 2 -> changed(body, at, (byte) 0);
            case 3 -> inserted(body, at, new byte[] {(byte) 0xc3, (byte) 0x28});
            case 4 -> inserted(body, at, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
            case 5 -> inserted(body, at, new byte[] {(byte) 0xc0, (byte) 0x80});
            case 6 -> inserted(body, 0, new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
            case 7 -> new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
            case 8 -> new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE);
            case 9 -> inserted(body, body.length, body);
            case 10 -> inserted(body, body.length, text("]}garbage"));
            case 11 -> new byte[0];
            case 12 -> doubledField(body);
            default -> noise();
        };
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(300)];
        random.nextBytes(noise);
        return noise;
    }

    /** The first field a second time, with another value. */
    private byte[] doubledField(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        int open = text.indexOf("{\"");
        int colon = text.indexOf("\":", open + 2);
        return open < 0 || colon < 0
                ? body
                : text(text.substring(0, open + 1) + text.substring(open + 1, colon + 2) + value() + ","
                        + text.substring(open + 1));
    }

    private static byte[] changed(byte[] body, int at, byte value) {
        byte[] changed = body.clone();
        if (changed.length > 0) {
            changed[at] = value;
        }
        return changed;
    }

    private static byte[] inserted(byte[] body, int at, byte[] more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            out.write(Arrays.copyOf(body, at));
            out.write(more);
            out.write(Arrays.copyOfRange(body, at, body.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A hostile text for a path, a query or a header. */
    String word() {
        List<String> words = List.of(
                "",
                " ",
                "0",
                "-1",
                "abc",
                "1e9",
                "99999999999999999999",
                "null",
                "a b",
                "a\u00e4\u20ac",
                "\uD83D\uDE00",
                "'--",
                "\"",
                "%",
                "%00",
                "%u0000",
                "\u0000",
                "\u0001",
                "\u202e",
                "../..",
                "..%2f..%2fetc",
                "a/b",
                "a;b=c",
                "{}",
                "[",
                "${7*7}",
                "x".repeat(3_000),
                "2026-02-30T00:00:00Z",
                "2026-11-23T10:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "01M84B402ZVTPV56G6BNHZT8X5",
                "parked",
                "idempiere",
                "shop-eu",
                "\ud800",
                "a\r\nb: c");
        return words.get(random.nextInt(words.size()));
    }

    /** A word for a part of a path: an empty one would be another path. */
    String segment() {
        String word = word();
        return word.isEmpty() ? "x" : word;
    }

    /** A header that any request may carry, and what no decent client puts into it. */
    String[] header() {
        List<String> names = List.of(
                "Content-Type",
                "Accept",
                "Accept-Language",
                "Accept-Encoding",
                "Cookie",
                "Authorization",
                "traceparent",
                "If-Match",
                "If-None-Match",
                "If-Modified-Since",
                "Idempotency-Key",
                "Range",
                "Origin",
                "X-Forwarded-For",
                "X-HTTP-Method-Override",
                "Content-Encoding",
                "Date");
        List<String> values = List.of(
                ";;;",
                "a/b;q=x",
                "*/*;q=\"",
                "application/json;charset=nonsense",
                "text/html",
                "multipart/form-data; boundary=",
                "application/x-www-form-urlencoded",
                "$Version=x; a=b",
                "a=\"; b==; ;",
                "Bearer",
                "Bearer " + "x".repeat(5_000),
                "Basic !!!",
                "00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-00",
                "\"" + "\\".repeat(500),
                "bytes=-1,-2,-3,99999999999999999999-",
                "gzip, deflate;q=x",
                "DELETE",
                "Thu, 99 Foo 2026 99:99:99 GMT");
        String value = random.nextInt(3) == 0 ? word() : values.get(random.nextInt(values.size()));
        return new String[] {names.get(random.nextInt(names.size())), value};
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
