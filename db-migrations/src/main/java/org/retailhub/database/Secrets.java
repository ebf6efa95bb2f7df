package org.retailhub.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The secrets of one installation: a file of {@code NAME=value} lines, readable by its owner only, which a shell can source. A
 * value is made up (256 random bits, base64url) when it is first asked for; the environment wins over the file.
 */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final Map<String, String> values = new TreeMap<>();

    private Secrets(Path file) {
        this.file = file;
    }

    /** Reads {@code file}; a missing file is an empty one. */
    public static Secrets in(Path file) {
        Secrets secrets = new Secrets(file);
        if (Files.exists(file)) {
            try {
                for (String line : Files.readAllLines(file)) {
                    int equals = line.indexOf('=');
                    if (equals > 0 && !line.startsWith("#")) {
                        secrets.values.put(line.substring(0, equals), line.substring(equals + 1));
                    }
                }
            } catch (IOException e) {
                throw new DatabaseException("Cannot read the secrets in " + file, e);
            }
        }
        return secrets;
    }

    /** Password of a database role: {@code RETAIL_DB_<ROLE>_PASSWORD}. */
    public String passwordOf(String role) {
        return get("RETAIL_DB_" + role.toUpperCase(Locale.ROOT) + "_PASSWORD", "");
    }

    /** The secret of this name, made and stored if there is none; {@code prefix} begins a new value. */
    public synchronized String get(String name, String prefix) {
        String fromEnvironment = System.getenv(name);
        if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
            return fromEnvironment;
        }
        String value = values.get(name);
        if (value == null) {
            byte[] bits = new byte[32];
            RANDOM.nextBytes(bits);
            value = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
            values.put(name, value);
            save();
        }
        return value;
    }

    private void save() {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "secrets",
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DatabaseException("Cannot write the secrets to " + file, e);
        }
    }
}
