package org.retailhub.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a role may do in the database, for every ordered pair of modules found on disk. */
class RolesIT {
    private static final String REFUSED = "42501";
    private static TemporaryPostgres postgres;

    @BeforeAll
    static void start() throws SQLException {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        for (ModuleSchema each : ModuleSchema.discover()) {
            execute(each.owner(), "create table fence (id bigint generated always as identity, name text)");
        }
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void findsSchemasByTheirFolders() {
        assertTrue(ModuleSchema.discover().contains(new ModuleSchema("ordering", "order", List.of())));
        assertTrue(ModuleSchema.discover().size() >= 4);
    }

    @TestFactory
    List<DynamicTest> applicationRoleHasItsOwnRowsAndNothingElse() {
        List<DynamicTest> tests = new ArrayList<>();
        for (ModuleSchema each : ModuleSchema.discover()) {
            String role = each.application();
            tests.add(DynamicTest.dynamicTest(role + " writes its own rows", () -> {
                execute(role, "insert into fence (name) values ('a')");
                execute(role, "update fence set name = 'b'");
                execute(role, "select * from fence");
                execute(role, "delete from fence");
            }));
            tests.add(DynamicTest.dynamicTest(role + " cannot change its schema", () -> {
                refused(role, "create table other (id bigint)");
                refused(role, "alter table fence add column more text");
                refused(role, "truncate fence");
                refused(role, "create table public.other (id bigint)");
                refused(role, "create schema other");
                refused(role, "create temporary table other (id bigint)");
            }));
            tests.add(DynamicTest.dynamicTest(
                    role + " cannot connect to the ERP's database",
                    () -> assertThrows(SQLException.class, () -> DriverManager.getConnection(postgres.erpUrl(role))
                            .close())));
            for (ModuleSchema other : ModuleSchema.discover()) {
                if (!other.equals(each)) {
                    tests.add(DynamicTest.dynamicTest(role + " cannot see " + other.schema(), () -> {
                        refused(role, "select * from " + other.schema() + ".fence");
                        refused(role, "insert into " + other.schema() + ".fence (name) values ('a')");
                        refused(role, "set role " + other.application());
                        refused(each.owner(), "select * from " + other.schema() + ".fence");
                    }));
                }
            }
        }
        return tests;
    }

    @Test
    void migratesAgainWithoutAChange() {
        new Migrations(postgres.settings()).migrate();
        new Migrations(postgres.settings()).validate();
    }

    @Test
    void applicationRoleCannotRewriteHistory() throws SQLException {
        for (ModuleSchema each : ModuleSchema.discover()) {
            execute(each.application(), "select * from flyway_schema_history");
            refused(each.application(), "delete from flyway_schema_history");
        }
    }

    private static void refused(String role, String sql) {
        SQLException refusal = assertThrows(SQLException.class, () -> execute(role, sql), role + ": " + sql);
        assertEquals(REFUSED, refusal.getSQLState(), refusal.getMessage());
    }

    private static void execute(String role, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url(role));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
