package org.retailhub.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.ModuleSchema;
import org.retailhub.database.TemporaryPostgres;

/** The fence in the database, on a migrated server with the roles of production, for each ordered pair of modules on disk. */
class DatabaseFenceIT {
    private static TemporaryPostgres postgres;
    private static DatabaseFence fence;

    /** The role of {@code from} is kept out of the schema of {@code to}. */
    record Pair(ModuleSchema from, ModuleSchema to) {
        @Override
        public String toString() {
            return from.application() + " -> " + to.schema();
        }
    }

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        fence = new DatabaseFence(postgres);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static Stream<Pair> pairs() {
        List<ModuleSchema> schemas = ModuleSchema.discover();
        return schemas.stream()
                .flatMap(from -> schemas.stream().filter(to -> !to.equals(from)).map(to -> new Pair(from, to)));
    }

    @Test
    void everyModuleHasOneSchemaWithTables() throws SQLException {
        Set<String> withRows = Checkout.modules().stream()
                .filter(Checkout.Module::hasImpl)
                .map(Checkout.Module::name)
                .collect(Collectors.toSet());
        Set<String> withSchema =
                ModuleSchema.discover().stream().map(ModuleSchema::module).collect(Collectors.toSet());
        assertEquals(withRows, withSchema);
        for (ModuleSchema each : ModuleSchema.discover()) {
            assertTrue(fence.tables(each.schema()).size() > 5, each.schema() + " has no tables to fence");
        }
    }

    @TestFactory
    Stream<DynamicTest> keepsOut() {
        return pairs().map(pair -> DynamicTest.dynamicTest(pair.toString(), () -> {
            assertEquals(List.of(), fence.breaches(pair.from().application(), pair.to()));
            assertEquals(List.of(), fence.breaches(pair.from().owner(), pair.to()));
        }));
    }

    /** The fence is seen red for each pair: one grant too many, and one membership too many. */
    @TestFactory
    Stream<DynamicTest> findsAGrantTooMany() {
        return pairs().map(pair -> DynamicTest.dynamicTest(pair.toString(), () -> {
            String role = pair.from().application();
            String schema = pair.to().schema();
            fence.administrator(
                    DatabaseFence.HUB,
                    "grant usage on schema " + schema + " to " + role + "; grant select on " + schema + ".inbox to "
                            + role);
            try {
                assertEquals(
                        List.of(role + ": select count(*) from " + schema + ".inbox"), fence.breaches(role, pair.to()));
            } finally {
                fence.administrator(
                        DatabaseFence.HUB,
                        "revoke select on " + schema + ".inbox from " + role + "; revoke usage on schema " + schema
                                + " from " + role);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> findsAMembershipTooMany() {
        return pairs().map(pair -> DynamicTest.dynamicTest(pair.toString(), () -> {
            String role = pair.from().application();
            String other = pair.to().application();
            fence.administrator(DatabaseFence.HUB, "grant " + other + " to " + role);
            try {
                assertTrue(fence.breaches(role, pair.to()).contains(role + ": set role " + other));
                assertEquals(List.of(role + " is a member of " + other), fence.powers());
            } finally {
                fence.administrator(DatabaseFence.HUB, "revoke " + other + " from " + role);
            }
        }));
    }

    /** A module's recovery finishes the module's own branches and no others: PostgreSQL asks for the role that prepared. */
    @TestFactory
    Stream<DynamicTest> leavesOthersPreparedBranchesAlone() {
        return pairs().map(pair -> DynamicTest.dynamicTest(
                pair.from().application() + " -> branches of " + pair.to().application(),
                () -> assertFalse(fence.canFinishBranchOf(
                        pair.to().application(), pair.from().application()))));
    }

    @TestFactory
    Stream<DynamicTest> roleDoesItsOwnWorkAndChangesNoStructure() {
        return ModuleSchema.discover().stream()
                .map(each -> DynamicTest.dynamicTest(each.application(), () -> {
                    assertEquals(List.of(), fence.workRefused(each));
                    assertEquals(List.of(), fence.changesOfStructure(each));
                    assertTrue(fence.canFinishBranchOf(each.application(), each.application()), "its own branch");
                }));
    }

    @Test
    void noRoleIsAnAdministratorOrAMemberOfAnother() throws SQLException {
        assertEquals(List.of(), fence.powers());
    }

    @TestFactory
    List<DynamicTest> hubAndErpAreTwoWorlds() {
        List<DynamicTest> tests = new ArrayList<>();
        for (ModuleSchema each : ModuleSchema.discover()) {
            for (String role : List.of(each.application(), each.owner())) {
                tests.add(DynamicTest.dynamicTest(role + " -> " + DatabaseFence.ERP, () -> {
                    assertTrue(fence.canConnect(role, DatabaseFence.HUB));
                    assertFalse(fence.canConnect(role, DatabaseFence.ERP));
                    fence.administrator(DatabaseFence.ERP, "grant connect on database idempiere to " + role);
                    try {
                        assertTrue(fence.canConnect(role, DatabaseFence.ERP), "the fence is blind");
                    } finally {
                        fence.administrator(DatabaseFence.ERP, "revoke connect on database idempiere from " + role);
                    }
                }));
            }
        }
        for (String role : List.of("retailhub_if", "adempiere")) {
            tests.add(DynamicTest.dynamicTest(role + " -> " + DatabaseFence.HUB, () -> {
                assertTrue(fence.canConnect(role, DatabaseFence.ERP));
                assertFalse(fence.canConnect(role, DatabaseFence.HUB));
            }));
        }
        return tests;
    }
}
