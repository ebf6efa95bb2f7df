package org.retailhub.platform.runtime.tx;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What a module's own roles have prepared in its databases and nobody has finished. A branch lives for milliseconds, after a crash
 * until recovery has decided it; each one that lives on keeps its locks and holds back vacuum. Read only: finishing is recovery's.
 */
public final class PreparedBranches {
    private static final int NARAYANA = 131_077;
    private static final int NARAYANA_UID_BYTES = 28;

    /**
     * One branch.
     *
     * @param gid what {@code pg_prepared_xacts} calls it
     * @param node of the server whose log decides it; null if no transaction manager of ours made it
     * @param role the only one, besides a superuser, that may finish it
     */
    @Schema(name = "PreparedTransaction")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Branch(String gid, @Nullable String node, String database, String role, Instant preparedAt) {}

    private final Clock clock;
    private final List<Database> databases;

    /** @param databases in which this module prepares, each asked as the role that prepares there */
    public PreparedBranches(Clock clock, Database... databases) {
        this.clock = clock;
        this.databases = List.of(databases);
    }

    /** Oldest first in each database. Joins the caller's transaction and leaves nothing in it to commit. */
    public List<Branch> olderThan(Duration age) {
        Instant before = clock.instant().minus(age);
        return databases.stream()
                .flatMap(each -> olderThan(before, each).stream())
                .toList();
    }

    private static List<Branch> olderThan(Instant before, Database database) {
        return database.query(
                """
                select gid, database, owner, prepared from pg_prepared_xacts
                where owner = current_user and database = current_database() and prepared < ? order by prepared, gid""",
                row -> new Branch(
                        row.getString(1),
                        nodeOf(row.getString(1)).orElse(null),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()),
                before);
    }

    /** The driver writes a branch as {@code <format>_<global id>_<qualifier>}, both in base 64; Narayana's global id ends with the node. */
    static Optional<String> nodeOf(String gid) {
        String[] parts = gid.split("_", -1);
        if (parts.length != 3 || !parts[0].equals(Integer.toString(NARAYANA))) {
            return Optional.empty();
        }
        try {
            byte[] global = Base64.getMimeDecoder().decode(parts[1]);
            return global.length <= NARAYANA_UID_BYTES
                    ? Optional.empty()
                    : Optional.of(new String(
                            Arrays.copyOfRange(global, NARAYANA_UID_BYTES, global.length), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
