package org.retailhub.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.api.Availability;
import org.retailhub.masterdata.api.LocationView;
import org.retailhub.masterdata.api.Locations;
import org.retailhub.masterdata.api.SalesAccountView;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.canonical.OrderCheck;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.sourcing.Sourcing;
import org.retailhub.order.sourcing.SourcingDecision;
import org.retailhub.order.sourcing.SourcingRequest;
import org.retailhub.order.sourcing.SourcingRule;
import org.retailhub.order.sourcing.SourcingRule.Limits;
import org.retailhub.order.sourcing.SourcingRule.Scope;
import org.retailhub.order.sourcing.SourcingRule.Step;
import org.retailhub.order.sourcing.Strategy;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;
import org.retailhub.platform.testkit.Hands;
import org.retailhub.platform.testkit.OneConnection;

/** Rules, decisions and simulations on the migrated schema, as the application role. */
class SourcingIT {
    private static final Scope SHOP = new Scope(Scope.Kind.CHANNEL, "shop-eu");
    private static final Set<String> NOT_BUSINESS =
            Set.of("sourcing_simulation", "sourcing_simulation_order", "flyway_schema_history");
    private static TemporaryPostgres postgres;

    private final Hands clock = new Hands(Fixtures.NOON);
    private final Map<Availability.Place, BigDecimal> stock = new HashMap<>();
    private final Map<String, LocationView> places = new HashMap<>();
    private final List<String> questions = new ArrayList<>();
    private OneConnection connection;
    private Database database;
    private SourcingRules rules;
    private SourcingDecisions decisions;
    private Sourcing sourcing;
    private SourcingSimulations simulations;
    private Transactions transactions;
    private String tenant;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void assemble(TestInfo test) {
        tenant = test.getTestMethod().orElseThrow().getName();
        connection = new OneConnection(postgres.url("order_app"));
        database = new Database(connection);
        transactions = new Transactions(new OfOneConnection(connection), 60);
        rules = new SourcingRules(database, clock);
        decisions = new SourcingDecisions(database);
        sourcing = new Sourcing(
                new Stocks(),
                (owner, channels) -> {
                    questions.add("pools");
                    return Map.of();
                },
                new Places(),
                (owner, channels) -> {
                    questions.add("accounts");
                    return Map.of("shop-eu", new SalesAccountView("shop-eu", "C-1", "silver", "HQ"));
                },
                rules,
                decisions,
                clock);
        simulations = new SourcingSimulations(database, sourcing, rules, transactions, new Ulid(clock), clock);
        place("near", "34117");
        place("far", "80331");
    }

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void keepsEachVersionWithItsMakerAndLetsTheHighestBegunOneCount() {
        SourcingRules.Version first = put("stores", SHOP, OptionalInt.empty(), null, null, Strategy.NEAREST);
        assertEquals(1, first.rule().version());
        Instant tomorrow = Fixtures.NOON.plus(Duration.ofDays(1));
        clock.forward(Duration.ofHours(1));
        SourcingRules.Version second = put("stores", SHOP, OptionalInt.of(1), tomorrow, null, Strategy.SOONEST);
        assertEquals(2, second.rule().version());

        assertEquals(List.of("stores 1"), inForce(clock.instant()));
        assertEquals(List.of("stores 1"), inForce(tomorrow.minusNanos(1_000)));
        assertEquals(List.of("stores 2"), inForce(tomorrow));
        assertEquals(List.of(), inForce(Fixtures.NOON.minusSeconds(1)));

        clock.forward(Duration.ofDays(2));
        transactions.call(() -> rules.retire("eve", tenant, "stores", 2, "no longer"));
        assertEquals(List.of(), inForce(clock.instant()));
        assertEquals(
                List.of("3 eve no longer retired", "2 ann because", "1 ann because"),
                rules.versions(tenant, "stores", 10).stream()
                        .map(each -> each.rule().version() + " " + each.madeBy() + " " + each.reason()
                                + (each.retired() ? " retired" : ""))
                        .toList());
        assertEquals(first, rules.versions(tenant, "stores", 10).get(2));
        assertEquals(
                3,
                transactions
                        .call(() -> rules.retire("eve", tenant, "stores", 2, "again"))
                        .rule()
                        .version());
        assertEquals(List.of(), rules.at("other", clock.instant()));
    }

    @Test
    void refusesAVersionThatFollowsAnotherOneBeginsInThePastOrTakesAScope() {
        put("stores", SHOP, OptionalInt.empty(), null, null, Strategy.NEAREST);
        assertEquals(
                OrderError.RULE_VERSION_REQUIRED,
                refusal(() -> put("stores", SHOP, OptionalInt.empty(), null, null, Strategy.NEAREST)));
        assertEquals(
                OrderError.RULE_VERSION_DIFFERS,
                refusal(() -> put("stores", SHOP, OptionalInt.of(2), null, null, Strategy.NEAREST)));
        assertEquals(
                OrderError.RULE_VERSION_DIFFERS,
                refusal(() -> put("fresh", Scope.EVERYTHING, OptionalInt.of(1), null, null, Strategy.NEAREST)));
        assertEquals(
                OrderError.INVALID_SOURCING_RULE,
                refusal(() ->
                        put("stores", SHOP, OptionalInt.of(1), Fixtures.NOON.minusSeconds(1), null, Strategy.NEAREST)));
        assertEquals(
                OrderError.INVALID_SOURCING_RULE,
                refusal(() -> put(
                        "stores",
                        SHOP,
                        OptionalInt.of(1),
                        Fixtures.NOON.plusSeconds(9),
                        Fixtures.NOON.plusSeconds(9),
                        Strategy.NEAREST)));
        assertEquals(
                OrderError.SOURCING_SCOPE_TAKEN,
                refusal(() -> put("rival", SHOP, OptionalInt.empty(), null, null, Strategy.NEAREST)));
        assertEquals(
                OrderError.SOURCING_RULE_NOT_FOUND, refusal(() -> rules.retire("eve", tenant, "nothing", 1, "no")));

        put("stores", SHOP, OptionalInt.of(1), null, Fixtures.NOON.plusSeconds(60), Strategy.NEAREST);
        put("rival", SHOP, OptionalInt.empty(), Fixtures.NOON.plusSeconds(60), null, Strategy.NEAREST);
        assertEquals(List.of("rival 1"), inForce(Fixtures.NOON.plusSeconds(60)));
    }

    @Test
    void keepsDecisionsWithTheirReasonsAndCountsTheirParcels() {
        String orderId = order("1", "34117", "MUG", 3);
        stock("MUG", "near", "2");
        stock("MUG", "far", "2");
        SourcingRequest request = request(orderId, "MUG", 3);
        SourcingDecision decision = sourcing.decide(List.of(request)).get(0);
        transactions.call(() -> {
            decisions.keep(List.of(decision), clock.instant());
            return 0;
        });
        stock("MUG", "near", "0");
        SourcingDecision again = sourcing.decide(List.of(request)).get(0);
        transactions.call(() -> {
            decisions.keep(List.of(again), clock.instant());
            return 0;
        });

        List<SourcingDecisions.Kept> kept = decisions.of(orderId, 10);
        assertEquals(
                List.of(2, 1),
                kept.stream().map(SourcingDecisions.Kept::attempt).toList());
        assertEquals(Fixtures.NOON, kept.get(0).decidedAt());
        assertEquals("built-in", kept.get(0).ruleId());
        assertEquals(
                List.of("near 2", "far 1"),
                kept.get(1).decision().allocations().stream()
                        .map(each -> each.location() + " " + each.quantity())
                        .toList());
        assertTrue(kept.get(1).decision().complete());
        assertEquals(
                List.of("far chosen", "near rejected no-stock"),
                kept.get(0).decision().candidates().stream()
                        .map(each -> each.location() + " " + each.verdict()
                                + (each.reasons().isEmpty()
                                        ? ""
                                        : " " + each.reasons().get(0).reason()))
                        .toList());
        assertEquals(
                Map.of("near", 1, "far", 2),
                decisions.of(tenant, Sourcing.day(Fixtures.NOON), Set.of("near", "far", "other")));
        assertEquals(Map.of(), decisions.of(tenant, Sourcing.day(Fixtures.NOON).plusDays(1), Set.of("near")));
        assertEquals(List.of(), decisions.of("no-order", 10));
    }

    @Test
    void asksEachModuleOnceWhateverTheSizeOfTheBatch() {
        stock("MUG", "near", "1000");
        List<SourcingRequest> requests = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            requests.add(request("order-" + i, "MUG", 1));
        }
        int before = connection.statements();
        assertTrue(sourcing.decide(requests).stream().allMatch(SourcingDecision::isComplete));
        assertEquals(List.of("placesOf", "at", "locations", "accounts", "pools"), questions);
        assertEquals(1, connection.statements() - before, "the rules; no place has a limit");
    }

    @Test
    void simulatesARuleAndChangesNothingElse() {
        put("stores", SHOP, OptionalInt.empty(), null, null, Strategy.NEAREST);
        for (int i = 0; i < 5; i++) {
            order("" + i, "34117", "MUG", 2);
        }
        stock("MUG", "near", "2");
        stock("MUG", "far", "9");
        String before = checksums();

        SourcingRule far = rule("stores", SHOP, new Step(Strategy.STORE_PRIORITY, 0, List.of("far"), null));
        SourcingSimulations.Simulation simulation = simulations.ask("ann", tenant, "shop-eu", far, 4);

        assertFalse(simulation.running());
        assertEquals(4, simulation.totals().orders());
        assertEquals(4, simulation.totals().changed());
        assertEquals(4, simulation.totals().before().parcels());
        assertEquals(0, simulation.totals().after().splits());
        assertTrue(simulation.totals().after().metres()
                > simulation.totals().before().metres());
        List<SourcingSimulations.Placed> changes = simulations.changes(simulation.id(), true, 0, 10);
        assertEquals(
                List.of("4", "3", "2", "1"),
                changes.stream().map(each -> each.change().channelOrderId()).toList());
        assertEquals(List.of("near"), changes.get(0).change().before().locations(), "each order alone");
        assertEquals(List.of("far"), changes.get(0).change().after().locations());
        assertEquals(2, simulations.changes(simulation.id(), true, 2, 10).size());
        assertEquals(before, checksums());

        SourcingSimulations.Simulation same = simulations.ask(
                "ann", tenant, "shop-eu", rule("stores", SHOP, new Step(Strategy.NEAREST, 0, List.of(), null)), 4);
        assertEquals(0, same.totals().changed());
        assertEquals(4, simulations.changes(same.id(), false, 0, 10).size());
        assertEquals(0, simulations.changes(same.id(), true, 0, 10).size());
    }

    @Test
    void givesAnOrderBackWhatItTookBeforeItIsSimulated() {
        String orderId = order("1", "34117", "MUG", 2);
        stock("MUG", "near", "2");
        SourcingDecision decision =
                sourcing.decide(List.of(request(orderId, "MUG", 2))).get(0);
        transactions.call(() -> {
            decisions.keep(List.of(decision), clock.instant());
            return 0;
        });
        stock("MUG", "near", "0");
        SourcingSimulations.Simulation simulation = simulations.ask(
                "ann", tenant, "shop-eu", rule("stores", SHOP, new Step(Strategy.NEAREST, 0, List.of(), null)), 9);
        assertEquals(0, simulation.totals().before().shortOrders());
        assertEquals(1, simulation.totals().orders(), "there are no more");
    }

    @Test
    void goesOnWithALargeOneAChunkAtATime() {
        for (int i = 0; i < SourcingSimulations.CHUNK + 10; i++) {
            order("" + i, "34117", "MUG", 1);
        }
        stock("MUG", "near", "1");
        SourcingSimulations.Simulation asked = simulations.ask(
                "ann", tenant, "shop-eu", rule("stores", SHOP, new Step(Strategy.NEAREST, 0, List.of(), null)), 5_000);
        assertTrue(asked.running());
        SimulationLoop loop = new SimulationLoop(simulations, transactions, new Lease(database, "sourcing-simulation"));
        loop.prepare();
        connection.commit();

        assertEquals(Loop.Next.atOnce(), loop.step());
        SourcingSimulations.Simulation half = simulations.find(asked.id()).orElseThrow();
        assertEquals(SourcingSimulations.CHUNK, half.done());
        assertTrue(half.running());
        simulations.goOn(half);
        // Another node that looked at the same chunk writes nothing.
        simulations.goOn(half);
        SourcingSimulations.Simulation done = simulations.find(asked.id()).orElseThrow();
        assertFalse(done.running());
        assertEquals(SourcingSimulations.CHUNK + 10, done.totals().orders());
        assertEquals(
                SourcingSimulations.CHUNK + 10,
                simulations.changes(asked.id(), false, 0, 1_000).size());
        assertFalse(loop.step().failed());
    }

    private SourcingRules.Version put(
            String id,
            Scope scope,
            OptionalInt seen,
            @org.jspecify.annotations.Nullable Instant from,
            @org.jspecify.annotations.Nullable Instant until,
            Strategy strategy) {
        SourcingRule rule = rule(id, scope, new Step(strategy, 0, List.of(), null));
        return transactions.call(() -> rules.put("ann", tenant, rule, seen, from, until, "because"));
    }

    private static SourcingRule rule(String id, Scope scope, Step... steps) {
        return new SourcingRule(
                id, 0, scope, List.of(steps), new Limits(2, Set.of("x"), BigDecimal.ZERO, null, false, true));
    }

    private List<String> inForce(Instant time) {
        return rules.at(tenant, time).stream()
                .map(rule -> rule.id() + " " + rule.version())
                .toList();
    }

    private OrderError refusal(Supplier<?> work) {
        OrderError code =
                (OrderError) assertThrows(RetailException.class, work::get).code();
        connection.rollback();
        return code;
    }

    private String order(String channelOrderId, String postalCode, String sku, int quantity) {
        String document = OrderJson.write(OrderCheck.parse(
                """
                {"channel":"shop-eu","channelOrderId":"%s","placedAt":"2026-11-23T10:00:00+01:00","currency":"EUR",
                 "shipTo":{"country":"DE","postalCode":"%s"},
                 "lines":[{"lineId":"1","sku":"%s","quantity":%d,"unitPrice":"1.00"}],
                 "totals":{"goods":"%d.00","grand":"%d.00"}}""".formatted(channelOrderId, postalCode, sku, quantity, quantity, quantity)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Fixtures.NOON));
        String orderId = tenant + "-%05d".formatted(Integer.parseInt(channelOrderId));
        database.update("""
                insert into orders (order_id, tenant, channel, channel_order_id, status, version, revision, posting_sequence, content_hash,
                  placed_at, received_at, status_since, currency, grand_total)
                values (?, ?, 'shop-eu', ?, 'posting', 1, 1, 1, ''::bytea, ?, ?, ?, 'EUR', 1)""", orderId, tenant, channelOrderId, Fixtures.NOON, Fixtures.NOON, Fixtures.NOON);
        database.update("""
                insert into order_revision (order_id, revision, posting_sequence, document, recorded_at, traceparent)
                values (?, 1, 1, ?, ?, ?)""", orderId, document, Fixtures.NOON, Fixtures.TRACE);
        connection.commit();
        return orderId;
    }

    private SourcingRequest request(String orderId, String sku, int quantity) {
        return new SourcingRequest(
                orderId,
                tenant,
                "shop-eu",
                new SourcingRequest.ShipTo("DE", null, "34117"),
                List.of(new SourcingRequest.Line("1", sku, new BigDecimal(quantity))),
                Set.of());
    }

    private void stock(String sku, String location, String quantity) {
        stock.put(new Availability.Place(sku, location), new BigDecimal(quantity));
    }

    private void place(String id, String postalCode) {
        places.put(id, new LocationView(id, "store", id, "HQ", null, "DE", null, postalCode, null, null, true));
    }

    /** Of all rows of all tables but those of simulations. */
    private String checksums() {
        return database
                .query(
                        "select table_name from information_schema.tables where table_schema = 'ordering' order by 1",
                        row -> row.getString(1))
                .stream()
                .filter(table -> !NOT_BUSINESS.contains(table))
                .map(table -> table + " "
                        + database.queryOne(
                                        "select coalesce(md5(string_agg(t::text, '\n' order by t::text)), '') from "
                                                + table + " t",
                                        row -> row.getString(1))
                                .orElseThrow())
                .collect(Collectors.joining("\n"));
    }

    private final class Stocks implements Availability {
        @Override
        public Map<Place, List<Expected>> expected(String owner, Set<Place> asked) {
            throw new AssertionError("nobody asks for what is to come");
        }

        @Override
        public Map<Place, Shown> forChannel(String owner, String channel, Set<Place> asked) {
            throw new AssertionError("nobody asks for what is shown");
        }

        @Override
        public Map<Place, Stock> at(String owner, Set<Place> asked) {
            questions.add("at");
            Map<Place, Stock> found = new HashMap<>();
            asked.forEach(place -> found.put(
                    place,
                    new Stock(stock.get(place), BigDecimal.ZERO, BigDecimal.ZERO, stock.get(place), Fixtures.NOON)));
            return found;
        }

        @Override
        public Map<String, List<Place>> placesOf(String owner, Set<String> skus) {
            questions.add("placesOf");
            return stock.keySet().stream()
                    .filter(place -> skus.contains(place.sku()))
                    .collect(Collectors.groupingBy(Place::sku));
        }
    }

    private final class Places implements Locations {
        @Override
        public Map<String, LocationView> byId(String owner, Set<String> ids) {
            questions.add("locations");
            return ids.stream().filter(places::containsKey).collect(Collectors.toMap(id -> id, places::get));
        }

        @Override
        public List<LocationView> active(String owner) {
            throw new AssertionError("nobody asks for all");
        }
    }

    /** A transaction that is the connection's. */
    private record OfOneConnection(OneConnection connection) implements UserTransaction {
        @Override
        public void begin() {}

        @Override
        public void commit() {
            connection.commit();
        }

        @Override
        public void rollback() {
            connection.rollback();
        }

        @Override
        public void setRollbackOnly() {
            throw new AssertionError("nobody does");
        }

        @Override
        public int getStatus() {
            return Status.STATUS_ACTIVE;
        }

        @Override
        public void setTransactionTimeout(int seconds) {}
    }
}
