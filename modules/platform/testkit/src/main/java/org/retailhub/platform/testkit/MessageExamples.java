package org.retailhub.platform.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The examples of {@code docs/asyncapi.yaml}: what each module's writer has to write, and its reader to understand. An example that
 * nothing writes would be a story.
 */
public final class MessageExamples {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private MessageExamples() {}

    /** The whole document; what is named twice in it is there twice. */
    public static JsonNode document() {
        try (Reader text = Files.newBufferedReader(file())) {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            return JSON.readTree(JSON.writeValueAsString(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Above the folder in which a module's tests run. */
    private static Path file() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("docs/asyncapi.yaml");
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new IllegalStateException(
                "no docs/asyncapi.yaml above " + Path.of("").toAbsolutePath());
    }

    private static JsonNode example(String type) {
        JsonNode example = document()
                .path("components")
                .path("messages")
                .path(type)
                .path("examples")
                .path(0);
        if (!example.has("payload")) {
            throw new AssertionError(type + " has no example");
        }
        return example;
    }

    /** A body of that {@code JMSType}. */
    public static String payload(String type) {
        return example(type).path("payload").toString();
    }

    /** The same with a field that a later version may have added; the same version, since nothing else is different. */
    public static String payloadOfTomorrow(String type) {
        ObjectNode payload = example(type).path("payload").deepCopy();
        return payload.put("addedTomorrow", "what nobody knows today").toString();
    }

    /** One of its properties, as text. */
    public static String header(String type, String name) {
        return example(type).path("headers").path(name).asText();
    }

    /** Fails unless it is the example, field by field, numbers by their value. */
    public static void assertWritten(String type, String body) {
        try {
            JsonNode written = JSON.readTree(body);
            JsonNode expected = example(type).path("payload");
            if (!written.equals(MessageExamples::compare, expected)) {
                throw new AssertionError(type + " is written as " + written + " and the document says " + expected);
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError(type + " is no JSON: " + body, e);
        }
    }

    private static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue())
                : one.equals(other) ? 0 : 1;
    }
}
