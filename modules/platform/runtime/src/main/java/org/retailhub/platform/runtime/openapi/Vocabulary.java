package org.retailhub.platform.runtime.openapi;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Gives fields and parameters the example and the meaning of their word, and schemas their title, unless they say so themselves. */
final class Vocabulary {
    private static final Properties WORDS = words();

    private Vocabulary() {}

    private static Properties words() {
        Properties words = new Properties();
        try (Reader in = new InputStreamReader(
                Vocabulary.class.getResourceAsStream("vocabulary.properties"), StandardCharsets.UTF_8)) {
            words.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    static void explain(Components components) {
        if (components.getSchemas() != null) {
            components.getSchemas().forEach(Vocabulary::explain);
        }
    }

    private static void explain(String name, Schema schema) {
        if (schema.getTitle() == null) {
            // PlacedOrder is "Placed order".
            String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
            schema.setTitle(words.substring(0, 1) + words.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        Map<String, Schema> properties = schema.getProperties() == null ? Map.of() : schema.getProperties();
        properties.forEach((word, property) -> explain(name, word, property));
    }

    private static void explain(String schema, String word, Schema property) {
        Schema single = property.getItems() == null ? property : property.getItems();
        if (single.getRef() != null || property.getRef() != null) {
            return;
        }
        Optional<String> known = known(schema + "." + word).or(() -> known(word));
        if (isBare(single) && property.getExamples() == null) {
            known.ifPresent(text -> single.setExamples(List.of(value(example(text), single))));
        }
        if (property.getDescription() == null) {
            known.flatMap(Vocabulary::meaning).ifPresent(property::setDescription);
        }
    }

    static void explain(Operation operation) {
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        for (Parameter parameter : parameters) {
            Optional<String> known = known(parameter.getName());
            if (parameter.getDescription() == null) {
                known.flatMap(Vocabulary::meaning).ifPresent(parameter::setDescription);
            }
            Schema schema = parameter.getSchema();
            boolean bare = parameter.getExample() == null && parameter.getExamples() == null;
            if (bare && schema != null && schema.getRef() == null && isBare(schema)) {
                known.ifPresent(text -> parameter.setExample(value(example(text), schema)));
            }
        }
    }

    private static boolean isBare(Schema schema) {
        List<Schema.SchemaType> types = schema.getType() == null ? List.of() : schema.getType();
        return schema.getExamples() == null
                && schema.getExample() == null
                && schema.getEnumeration() == null
                && !types.contains(Schema.SchemaType.OBJECT)
                && !types.contains(Schema.SchemaType.BOOLEAN);
    }

    private static Object value(String text, Schema schema) {
        boolean number = schema.getType() != null && schema.getType().contains(Schema.SchemaType.INTEGER);
        return number && text.matches("\\d+") ? (Object) Long.valueOf(text) : text;
    }

    private static Optional<String> known(String word) {
        return Optional.ofNullable(WORDS.getProperty(word));
    }

    private static String example(String text) {
        int bar = text.indexOf(" | ");
        return bar < 0 ? text : text.substring(0, bar);
    }

    private static Optional<String> meaning(String text) {
        int bar = text.indexOf(" | ");
        return bar < 0 ? Optional.empty() : Optional.of(text.substring(bar + 3));
    }
}
