package org.retailhub.platform.runtime.rest;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retailhub.platform.kernel.RetailException;

class StrictJsonTest {
    record Line(String sku, BigDecimal quantity) {}

    record Body(String name, List<Line> lines, Integer count) {}

    private static Body read(String json) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), Body.class);
    }

    @Test
    void readsDecimalsExactly() {
        assertEquals(
                new BigDecimal("0.30"),
                read("{\"lines\":[{\"quantity\":\"0.30\"}]}").lines().get(0).quantity());
        assertEquals(
                new BigDecimal("0.10"),
                read("{\"lines\":[{\"quantity\":0.10}]}").lines().get(0).quantity());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "{\"name\":\"x\",\"nam\":1}                  | RUN-1002 | nam",
                "{\"lines\":[{\"sku\":\"a\"},{\"skuu\":\"b\"}]} | RUN-1002 | lines[1].skuu",
                "{\"lines\":[{\"quantity\":\"abc\"}]}        | RUN-1003 | lines[0].quantity",
                "{\"count\":1.5}                            | RUN-1003 | count",
                "{\"lines\":{}}                             | RUN-1003 | lines",
                "{\"name\":\"a\",\"name\":\"b\"}              | RUN-1001 |",
                "{\"name\":\"a\"} {}                        | RUN-1001 |",
                "{\"name\":                                 | RUN-1001 |",
                "{\"name\":\"a\\u0000b\"}                   | RUN-1004 |",
                "null                                       | RUN-1001 |",
                "[]                                         | RUN-1003 |",
            })
    void namesWhatIsWrong(String json, String code, String field) {
        RetailException e = assertThrows(RetailException.class, () -> read(json));
        if (!json.equals("[]")) {
            assertEquals(code, e.code().code(), e.detail());
            assertEquals(field, e.field().orElse(null));
        }
        assertFalse(e.detail().contains("org.retailhub"), e.detail());
        assertFalse(e.detail().contains("java."), e.detail());
    }

    @Test
    void syntaxErrorsNameLineAndColumn() {
        RetailException e = assertThrows(RetailException.class, () -> read("{\n  \"name\": tru\n}"));
        assertTrue(e.detail().contains("line 2"), e.detail());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "{\"lines\":{}}                      | lines: must be an array",
                "{\"lines\":\"x\"}                   | lines: must be an array",
                "{\"lines\":[7]}                     | lines[0]: must be an object",
                "{\"name\":[]}                       | name: must be a text",
                "{\"count\":\"many\"}                | count: must be a number",
                "{\"name\":\"a\"                     | Unexpected end-of-input: expected close marker for Object at line 1, column 12",
            })
    void speaksOfTheFieldAndNotOfItself(String json, String detail) {
        assertEquals(
                detail, assertThrows(RetailException.class, () -> read(json)).detail());
    }

    @Test
    void refusesDepthAndHugeNumbers() {
        assertThrows(RetailException.class, () -> read("[".repeat(100_000)));
        assertThrows(RetailException.class, () -> read("{\"count\":" + "9".repeat(10_000) + "}"));
        assertThrows(RetailException.class, () -> read("{\"lines\":[{\"quantity\":1e999999999}]}"));
        assertThrows(RetailException.class, () -> read("{\"lines\":[{\"quantity\":\"1e-999999999\"}]}"));
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        byte[] latin1 = "{\"name\":\"Jürgen\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(RetailException.class, () -> StrictJson.read(latin1, Body.class));
    }

    @Test
    void saysWhereABodyIsNoText() {
        byte[] latin1 = "{\n \"name\":\"J\u00fcrgen\"}".getBytes(StandardCharsets.ISO_8859_1);
        String notText = assertThrows(RetailException.class, () -> StrictJson.read(latin1, Body.class))
                .detail();
        assertTrue(notText.endsWith(" at line 2, column 11"), notText);
        assertEquals(
                "the body must be UTF-8 at line 2, column 11",
                assertThrows(RetailException.class, () -> StrictJson.utf8(latin1))
                        .detail());
        assertEquals(
                "U+0000 at line 2, column 11",
                assertThrows(RetailException.class, () -> read("{\n \"name\":\"J\\u0000rgen\"}"))
                        .detail());
        for (String body : List.of("", "null", "[".repeat(1_000), "\u0001", "{\"count\":" + "9".repeat(10_000) + "}")) {
            String detail =
                    assertThrows(RetailException.class, () -> read(body)).detail();
            assertTrue(detail.matches("(?s).* at line [1-9]\\d*, column [1-9]\\d*"), detail);
        }
    }

    /** The parser would read them: as U+0000, as a slash, as half of a pair. */
    @Test
    void refusesOverlongFormsAndHalvesOfPairs() {
        for (byte[] hidden :
                List.of(new byte[] {(byte) 0xc0, (byte) 0x80}, new byte[] {(byte) 0xc0, (byte) 0xaf}, new byte[] {
                    (byte) 0xed, (byte) 0xa0, (byte) 0x80
                })) {
            byte[] body = "{\"name\":\"a??\"}".getBytes(StandardCharsets.UTF_8);
            byte[] longer = Arrays.copyOf(body, body.length + hidden.length);
            System.arraycopy(hidden, 0, longer, 10, hidden.length);
            System.arraycopy(body, 10, longer, 10 + hidden.length, body.length - 10);
            assertEquals("RUN-1007", codeOf(longer));
        }
        for (String half : List.of("\\ud800", "\\ud800\\u0041", "\\udc00\\ud800", "\\ud83d x")) {
            assertEquals("RUN-1007", codeOf(("{\"name\":\"" + half + "\"}").getBytes(StandardCharsets.UTF_8)), half);
        }
        assertEquals(
                "\ud83d\ude00",
                StrictJson.read("{\"name\":\"\\ud83d\\uDE00\"}".getBytes(StandardCharsets.UTF_8), Map.class)
                        .get("name"));
    }

    /** The message quotes the text; to shorten it must not take the square of its length. */
    @Test
    void answersAtOnceHoweverLongTheWrongValueIs() {
        byte[] body = ("\"" + "x".repeat(900_000) + "\"").getBytes(StandardCharsets.UTF_8);
        String detail = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThrows(
                        RetailException.class, () -> StrictJson.read(body, Body.class))
                .detail());
        assertTrue(detail.length() < 1_000, detail);
    }

    /** Found by the fuzzer. */
    @Test
    void refusesAnExponentThatNoDecimalHas() {
        byte[] body = "{\"a\":61000001e1000000000008}".getBytes(StandardCharsets.UTF_8);
        RetailException refusal = assertThrows(RetailException.class, () -> StrictJson.read(body, JsonNode.class));
        assertEquals("RUN-1001", refusal.code().code());
        assertEquals("an exponent that no number has at line 1, column 14", refusal.detail());
    }

    private static String codeOf(byte[] body) {
        return assertThrows(RetailException.class, () -> StrictJson.read(body, Map.class))
                .code()
                .code();
    }

    @Test
    void escapedBackslashBeforeU0000IsNoNul() {
        assertEquals("a\\u0000", read("{\"name\":\"a\\\\u0000\"}").name());
    }
}
