package org.retailhub.inventory.canonical;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.runtime.rest.StrictJson;

/**
 * A checked reservation. Quantities have three decimals; equal ones are written equal.
 *
 * @param expiresAt as it was asked for; null for the default
 */
public record ReservationDocument(
        String reference,
        @Nullable String channel,
        boolean partial,
        @Nullable Instant expiresAt,
        List<Line> lines) {
    private static final int MOST_DIFFERENCES = 50;

    /** Some of one SKU; of a bundle if it has components. */
    public record Line(String lineId, String sku, String location, BigDecimal quantity, List<Component> components) {}

    /** Part of a bundle: so many in each. */
    public record Component(String sku, BigDecimal quantity) {}

    /** Its one written form. */
    public String json() {
        try {
            return StrictJson.mapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only what {@link #json} made. */
    public static ReservationDocument read(String json) {
        try {
            return StrictJson.mapper().readValue(json, ReservationDocument.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where two written forms differ, as paths such as {@code lines[0].quantity}. */
    public static List<String> differences(String one, String other) {
        List<String> paths = new ArrayList<>();
        try {
            compare("", StrictJson.mapper().readTree(one), StrictJson.mapper().readTree(other), paths);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        return paths;
    }

    private static void compare(String path, JsonNode one, JsonNode other, List<String> paths) {
        if (paths.size() >= MOST_DIFFERENCES || one.equals(other)) {
            return;
        }
        if (one.isObject() && other.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name ->
                    compare(path.isEmpty() ? name : path + "." + name, one.path(name), other.path(name), paths));
        } else if (one.isArray() && other.isArray()) {
            for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
                compare(path + "[" + i + "]", one.path(i), other.path(i), paths);
            }
        } else {
            paths.add(path);
        }
    }
}
