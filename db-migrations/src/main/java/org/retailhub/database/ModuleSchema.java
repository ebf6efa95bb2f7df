package org.retailhub.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A module's schema. They are discovered: each folder {@code db/<schema>} with a {@code schema.properties} is one. Schema and
 * module share a name, except where SQL has reserved it.
 *
 * @param secrets names of the secrets that the module needs beside its database's passwords
 */
public record ModuleSchema(String schema, String module, List<String> secrets) {
    public ModuleSchema {
        secrets = List.copyOf(secrets);
    }

    public String owner() {
        return module + "_owner";
    }

    public String application() {
        return module + "_app";
    }

    /** All schemas on the class path's {@code db} folder, by name. */
    public static List<ModuleSchema> discover() {
        try {
            URI code = ModuleSchema.class.getResource("/db/_roles/module.sql").toURI();
            if (!code.getScheme().equals("jar")) {
                return in(Path.of(code).resolve("../..").normalize());
            }
            try (FileSystem jar = FileSystems.newFileSystem(code, java.util.Map.of())) {
                return in(jar.getPath("/db"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ModuleSchema> in(Path folder) throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(each -> Files.exists(each.resolve("schema.properties")))
                    .map(ModuleSchema::read)
                    .sorted(java.util.Comparator.comparing(ModuleSchema::schema))
                    .toList();
        }
    }

    private static ModuleSchema read(Path folder) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve("schema.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String schema = folder.getFileName().toString().replace("/", "");
        String secrets = properties.getProperty("secrets", "").strip();
        return new ModuleSchema(
                schema,
                properties.getProperty("module", schema),
                secrets.isEmpty() ? List.of() : List.of(secrets.split("\\s*,\\s*")));
    }
}
