package org.retailhub.simulator.erp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Master data of the ERP, written as a whole: new keys are added, known ones changed, none removed; {@code active} is true unless said.
 *
 * <ul>
 *   <li>product: {@code value}, {@code name}, {@code upc}, {@code sku}, {@code prices} (currency to amount), {@code active}
 *   <li>partner: {@code value}, {@code name}, {@code contact}, {@code email}, {@code phone}, {@code address1}, {@code address2},
 *       {@code city}, {@code postal}, {@code country} (ISO alpha-2), {@code region}, {@code active}
 *   <li>charge: {@code name}
 *   <li>warehouse: {@code value}, {@code name}, {@code active}; it gets a locator of the same key
 *   <li>tax: {@code name}, {@code indicator}, {@code rate} in percent, {@code active}
 * </ul>
 */
public final class Masters {
    /** What can be written. */
    public enum Kind {
        PRODUCTS("value"),
        PARTNERS("value"),
        CHARGES("name"),
        WAREHOUSES("value"),
        TAXES("name");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        private String file() {
            return "masters/" + name().toLowerCase(java.util.Locale.ROOT) + ".sql";
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private final ConnectionSource connections;

    public Masters(ConnectionSource connections) {
        this.connections = connections;
    }

    /**
     * @param text a JSON array of objects, or one object a line
     * @return how many objects were read
     * @throws IllegalArgumentException if the text is no such JSON or an object has no key
     */
    public int upsert(Kind kind, String text) throws SQLException {
        ArrayNode rows = parse(text);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).path(kind.key).asText("").isBlank()) {
                throw new IllegalArgumentException("object " + (i + 1) + " has no \"" + kind.key + "\"");
            }
        }
        Map<String, Object> values = Map.of("json", rows.toString(), "client", ErpDatabase.CLIENT);
        List<Sql> statements = Sql.statements(kind.file());
        try (Connection connection = connections.open()) {
            connection.setAutoCommit(false);
            for (Sql each : statements) {
                each.update(connection, values);
            }
            connection.commit();
        }
        return rows.size();
    }

    private static ArrayNode parse(String text) {
        ArrayNode rows = JSON.createArrayNode();
        try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                if (value.isArray()) {
                    rows.addAll((ArrayNode) value);
                } else {
                    rows.add(value);
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        return rows;
    }
}
