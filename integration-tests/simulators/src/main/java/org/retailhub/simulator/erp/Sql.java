package org.retailhub.simulator.erp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL kept in files beside the classes, with {@code :named} parameters. */
record Sql(String text, List<String> parameters) {
    private static final Pattern NAME = Pattern.compile("(?<![:\\w]):([a-zA-Z]+)");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--(?!-).*$");

    static String file(String name) {
        try (InputStream in = Sql.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing in the jar: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The statements of a file, which a line of dashes separates. */
    static List<Sql> statements(String name) {
        List<Sql> statements = new ArrayList<>();
        for (String part : file(name).split("(?m)^-{8,}$")) {
            statements.add(of(COMMENT.matcher(part).replaceAll("").strip()));
        }
        return statements;
    }

    static Sql of(String named) {
        List<String> parameters = new ArrayList<>();
        Matcher names = NAME.matcher(named);
        StringBuilder text = new StringBuilder();
        while (names.find()) {
            parameters.add(names.group(1));
            names.appendReplacement(text, "?");
        }
        names.appendTail(text);
        return new Sql(text.toString(), List.copyOf(parameters));
    }

    /** @return rows changed */
    int update(Connection connection, Map<String, Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < parameters.size(); i++) {
                Object value = values.get(parameters.get(i));
                if (value instanceof String[] texts) {
                    statement.setArray(i + 1, connection.createArrayOf("text", texts));
                } else {
                    statement.setObject(i + 1, value);
                }
            }
            return statement.executeUpdate();
        }
    }
}
