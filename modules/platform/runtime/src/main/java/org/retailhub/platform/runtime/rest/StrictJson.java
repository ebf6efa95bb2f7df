package org.retailhub.platform.runtime.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * Reads what comes from outside: limits on size and depth, no duplicate or unknown fields, decimals exact, and an error that names
 * the field, or the line and column.
 */
public final class StrictJson {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_STRING_LENGTH = 1_000_000;
    private static final int LONGEST_MESSAGE = 300;

    private static final Pattern HUGE_EXPONENT = Pattern.compile("(?<=\\d)[eE][+-]?+\\d{9,}+");

    private static final ObjectMapper MAPPER = configure();

    private StrictJson() {}

    /** The mapper behind it, also for writing: ISO 8601 times, no nulls' special treatment. Shared; never reconfigure. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    private static ObjectMapper configure() {
        ObjectMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule("decimals").addDeserializer(BigDecimal.class, new ExactDecimal()))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxStringLength(MAX_STRING_LENGTH)
                        .build());
        return mapper;
    }

    /**
     * @throws RetailException {@link RuntimeError#MALFORMED_JSON} and its neighbours; the field is a path such as
     *     {@code lines[2].gtin}
     */
    public static <T> T read(byte[] body, Class<T> type) {
        return read(body, MAPPER.readerFor(type));
    }

    /**
     * The body of a message between modules. A field that is not known is passed over: what is added to a message keeps its version, and
     * while servers are upgraded one after the other, the older one gets it too.
     *
     * @throws RetailException as {@link #read} does
     */
    public static <T> T readMessage(String body, Class<T> type) {
        return read(
                body.getBytes(StandardCharsets.UTF_8),
                MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
    }

    private static <T> T read(byte[] body, ObjectReader reader) {
        refuseNul(body);
        // The parser lets pass what is no UTF-8: overlong forms, and among them another U+0000.
        utf8(body);
        try {
            T value = reader.readValue(body);
            if (value == null) {
                throw new RetailException(RuntimeError.MALFORMED_JSON, "the body is null at line 1, column 1");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw at(RuntimeError.UNKNOWN_FIELD, path(e), "this field does not exist", e);
        } catch (StreamConstraintsException e) {
            throw new RetailException(
                    RuntimeError.MALFORMED_JSON, "a limit is exceeded: " + firstLine(e) + where(e), e);
        } catch (JsonMappingException e) {
            if (e.getPath().isEmpty()) {
                throw malformed(e);
            }
            // A syntax error inside a field arrives wrapped with the path; the line and column say more then.
            if (e.getCause() instanceof com.fasterxml.jackson.core.JsonParseException syntax) {
                throw malformed(syntax);
            }
            throw at(RuntimeError.WRONG_TYPE, path(e), wrongType(e), e);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (CharacterCodingException e) {
            throw notUtf8(body, e);
        } catch (NumberFormatException e) {
            // The parser does not say where.
            Matcher exponent = HUGE_EXPONENT.matcher(new String(body, StandardCharsets.ISO_8859_1));
            throw new RetailException(
                    RuntimeError.MALFORMED_JSON,
                    "an exponent that no number has" + placeOf(body, exponent.find() ? exponent.start() : 0),
                    e);
        } catch (IOException e) {
            throw new RetailException(RuntimeError.MALFORMED_JSON, firstLine(e) + placeOf(body, 0), e);
        }
    }

    /** PostgreSQL's text can hold neither U+0000 nor half of a pair of surrogates, and no honest sender has them. */
    private static void refuseNul(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            if (body[i] == 0) {
                throw nul(body, i);
            }
            if (body[i] == '\\') {
                i += escape(body, i);
            }
        }
    }

    /** @return how many bytes of an escape come after the backslash */
    private static int escape(byte[] body, int at) {
        int unit = escaped(body, at);
        if (unit == 0) {
            throw nul(body, at);
        }
        if (unit < 0 || !Character.isSurrogate((char) unit)) {
            return 1;
        }
        int next = escaped(body, at + 6);
        if (next < 0 || !Character.isSurrogatePair((char) unit, (char) next)) {
            throw new RetailException(RuntimeError.NOT_UTF8, "a surrogate without its other half" + placeOf(body, at));
        }
        return 11;
    }

    /** The UTF-16 unit of an escape that begins there; below 0 if none does. */
    private static int escaped(byte[] body, int at) {
        if (at + 5 >= body.length || body[at] != '\\' || body[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = 2; i < 6; i++) {
            int digit = Character.digit(body[at + i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }

    private static RetailException nul(byte[] body, int at) {
        return new RetailException(RuntimeError.NUL_CHARACTER, "U+0000" + placeOf(body, at));
    }

    /** @throws RetailException {@link RuntimeError#NOT_UTF8} */
    public static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notUtf8(body, e);
        }
    }

    private static RetailException notUtf8(byte[] body, Exception cause) {
        ByteBuffer in = ByteBuffer.wrap(body);
        StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(body.length + 1), true);
        return new RetailException(
                RuntimeError.NOT_UTF8, "the body must be UTF-8" + placeOf(body, in.position()), cause);
    }

    /** Lines and columns from 1, a column being a byte. */
    private static String placeOf(byte[] body, int at) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < at && i < body.length; i++) {
            if (body[i] == '\n') {
                line++;
                start = i + 1;
            }
        }
        return " at line " + line + ", column " + (at - start + 1);
    }

    private static RetailException malformed(JsonProcessingException e) {
        return new RetailException(RuntimeError.MALFORMED_JSON, firstLine(e) + where(e), e);
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? " at line 1, column 1"
                : " at line " + Math.max(1, e.getLocation().getLineNr()) + ", column "
                        + Math.max(1, e.getLocation().getColumnNr());
    }

    private static RetailException at(RuntimeError code, String path, String message, Throwable cause) {
        return new RetailException(
                code, path + ": " + message, List.of(new RetailException.Violation(path, message)), cause);
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    /** In the sender's words: what the field must be, not what our reader lacks. */
    private static String wrongType(JsonMappingException e) {
        Class<?> wanted = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (wanted == null) {
            return firstLine(e);
        }
        if (wanted == String.class) {
            return "must be a text";
        }
        if (Number.class.isAssignableFrom(wanted) || wanted.isPrimitive() && wanted != boolean.class) {
            return "must be a number";
        }
        if (wanted == Boolean.class || wanted == boolean.class) {
            return "must be true or false";
        }
        if (Collection.class.isAssignableFrom(wanted) || wanted.isArray()) {
            return "must be an array";
        }
        return wanted.isRecord() || Map.class.isAssignableFrom(wanted) ? "must be an object" : firstLine(e);
    }

    /** Without the location (told apart) and without class names of ours. */
    private static String firstLine(Exception e) {
        String text = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        if (text == null) {
            return e.getClass().getSimpleName();
        }
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        // What was sent is quoted in it, however long: the patterns would take hours for a megabyte.
        String some = line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
        return some.replaceAll(" \\(start marker at .*?\\]\\)", "")
                .replaceAll("`?(?:[a-z]+\\.)+(\\w+\\$)?(\\w+)`?", "$2")
                .replaceAll(" \\(class [^)]*\\)", "");
    }
}
