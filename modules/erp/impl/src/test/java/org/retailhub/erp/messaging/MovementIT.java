package org.retailhub.erp.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.retailhub.erp.messaging.Hub.inErp;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.erp.StockReconciliation;
import org.retailhub.erp.StockTarget;
import org.retailhub.erp.domain.StockPosting;
import org.retailhub.erp.idempiere.IdempiereMovements;
import org.retailhub.erp.idempiere.MovementRow;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.inventory.api.MarkKnownToErp;
import org.retailhub.inventory.api.StockMoved;
import org.retailhub.masterdata.api.LocationView;
import org.retailhub.masterdata.api.Locations;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.messaging.BatchHandler.Decided;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;
import org.retailhub.simulator.erp.ErpStock;
import org.retailhub.simulator.erp.ImportConditions;
import org.retailhub.simulator.erp.InventoryImport;
import org.retailhub.simulator.erp.Masters;

/** Movements of stock into the ERP's own tables, what its import makes of them, and what inventory is told. */
class MovementIT {
    private static final ErpStock STOCK = new ErpStock(Hub.erpOwner());

    private Hub hub;
    private MovementHandler<IdempiereMovements.Facts, MovementRow> handler;
    private MovementPoller poller;
    private StockReconciliation reconciliation;

    @BeforeEach
    void freshDatabases() throws SQLException {
        hub = Hub.fresh();
        new Masters(Hub.erpOwner()).upsert(Masters.Kind.WAREHOUSES, "{\"value\": \"W-BERLIN\"}");
        open();
    }

    private void open() {
        Trace trace = new Trace(hub.own, hub.clock);
        MessageSender sender = new MessageSender(
                hub.own,
                Hub.doing(ConnectionFactory.class),
                Map.of(InventoryQueues.COMMANDS, Hub.doing(Destination.class)),
                hub.clock);
        StockTarget<IdempiereMovements.Facts, MovementRow> target =
                StockTarget.of(new IdempiereMovements(new Database(hub.erpConnection)), hub.own, hub.clock);
        Transactions transactions = new Transactions(hub.transaction(), 60);
        handler = new MovementHandler<>(target, hub.products(), locations(), trace, hub.clock);
        poller = new MovementPoller(target, sender, trace, transactions, hub.own, hub.clock);
        reconciliation = new StockReconciliation(target, hub.own, transactions, trace);
        target.adapter().prepare();
        poller.prepare();
        hub.commit();
    }

    @AfterEach
    void end() {
        hub.end();
    }

    @Test
    void booksEachMovementOnceAndTellsInventory() throws SQLException {
        handle(
                moved("1", "receipt", "SHIRT", "10", null),
                moved("2", "sale", "SHIRT", "-3", null),
                moved("3", "adjustment", "MUG", "-1.5", null));
        importStock();
        assertEquals(List.of("T-1 W-BERLIN 7", "T-2 W-BERLIN -1.5"), onHand());
        assertEquals(
                List.of(
                        "2026-11-23 T-1 Goods Receipt -10 pos-1/#1: broken",
                        "2026-11-23 T-1 Goods Sold 3 pos-1/#2: broken",
                        "2026-11-23 T-2 Stock Adjustment 1.5 pos-1/#3: broken"),
                STOCK.lines().stream()
                        .map(line -> line.day() + " " + line.product() + " " + line.charge() + " "
                                + plain(line.internalUse()) + " " + line.description())
                        .toList());
        assertEquals(1, STOCK.counts().documents());
        poll();
        assertEquals(List.of("known/acme/pos-1/#1", "known/acme/pos-1/#2", "known/acme/pos-1/#3"), told());
        poll();
        assertEquals(3, told().size(), "each once");
        assertEquals(List.of("booked"), states());
    }

    @Test
    void aMessageThatComesAgainIsNotWrittenTwiceWhateverWeForgot() throws SQLException {
        Envelope message = moved("1", "receipt", "SHIRT", "10", null);
        handle(message);
        handle(message);
        hub.own.update("delete from stock_posting");
        hub.commit();
        handle(message);
        importStock();
        handle(message);
        assertEquals(List.of("T-1 W-BERLIN 10"), onHand());
        assertEquals(1, STOCK.counts().lines());
        poll();
        assertEquals(1, told().size());
    }

    @Test
    void nothingIsLeftOfABatchThatIsRolledBack() throws SQLException {
        Envelope message = moved("1", "receipt", "SHIRT", "10", null);
        MovementHandler.Facts<IdempiereMovements.Facts> facts = handler.load(List.of(message));
        handler.write(List.of(new Decided<>(message, effect(handler.decide(message, facts)))), facts);
        hub.rollback();
        assertEquals(List.of(), STOCK.interfaceRows());
        handle(message);
        assertEquals(1, STOCK.interfaceRows().size());
    }

    @Test
    void parksWhatTheErpWouldRefuseAndBooksTheRest() throws SQLException {
        hub.items.put("HAT", "T-9");
        List<Verdict<MovementEffect<MovementRow>>> verdicts = handle(
                moved("1", "receipt", "HAT", "1", null),
                moved("2", "receipt", "SOCKS", "1", null),
                moved("3", "gift", "SHIRT", "1", null),
                movedAt("4", "nowhere"),
                movedAt("5", "moon"),
                new Envelope("M6", StockMoved.TYPE, "acme", "moved/acme/pos-1/#6", 1, "", "", "", "{\"kind\":"),
                new Envelope("M7", "StockLost.v1", "acme", "moved/acme/pos-1/#7", 1, "", "", "", "{}"),
                moved("8", "receipt", "SHIRT", "1", null));
        assertEquals(
                List.of("ERP-2001", "ERP-2008", "ERP-2004", "ERP-2012", "ERP-2011", "ERP-1002", "RUN-4002", ""),
                verdicts.stream()
                        .map(v ->
                                v instanceof Verdict.Park<?> park ? park.code().code() : "")
                        .toList());
        importStock();
        assertEquals(List.of("T-1 W-BERLIN 1"), onHand());
    }

    @Test
    void keepsWhatTheErpRefusesUntilItBooksIt() throws SQLException {
        handle(moved("1", "receipt", "SHIRT", "10", null));
        importStock(
                new ImportConditions(false, 0, List.of(new ImportConditions.Rejection("T-1", "Product locked")), "N"));
        poll();
        assertEquals(List.of("rejected"), states());
        assertEquals(List.of(), told());
        importStock();
        open();
        poll();
        assertEquals(List.of("booked"), states());
        assertEquals(1, told().size());
    }

    /** The order tells the ERP; it is not told twice, and inventory hears of it when the ERP has the order. */
    @Test
    void whatLeftForAnOrderIsKnownWhenTheErpHasTheOrder() throws SQLException {
        handle(
                moved("1", "consumption", "SHIRT", "-2", "A1"),
                moved("2", "sale", "SHIRT", "-1", "A1"),
                moved("3", "consumption", "SHIRT", "-1", "A2"));
        assertEquals(List.of(), STOCK.interfaceRows());
        hub.handle(hub.post(Hub.shirts("A1", 3)));
        poll();
        assertEquals(List.of(), told(), "not before the ERP has its document");
        Hub.importOrders();
        hub.poll();
        poll();
        assertEquals(List.of("known/acme/pos-1/#1", "known/acme/pos-1/#2"), told());
        assertEquals(List.of("booked", "by-order"), states());
        handle(moved("4", "consumption", "SHIRT", "-1", "A1"));
        poll();
        assertEquals(3, told().size(), "also what comes after the document");
    }

    @Test
    void furtherReservationsOfAnOrderAreTheOrders() throws SQLException {
        String order = hub.ids.next();
        handle(moved("1", "consumption", "SHIRT", "-2", order + "-2"));
        hub.handle(hub.post(Hub.shirts(order, 3)));
        Hub.importOrders();
        hub.poll();
        poll();
        assertEquals(List.of("known/acme/pos-1/#1"), told());
    }

    @Test
    void anotherTenantsOrderOfTheSameIdTellsNothing() throws SQLException {
        hub.handle(hub.post(Hub.shirts("A1", 3)));
        Hub.importOrders();
        hub.poll();
        StockMoved moved = stockMoved("other", "1", "consumption", "SHIRT", "berlin-1", "-1", "A1");
        handle(message("other", moved));
        poll();
        assertEquals(List.of(), told());
    }

    /** After a restore of the ERP its rows and marks are gone: compared, wound back, sent again, booked once, told once. */
    @Test
    void whatARestoredErpHasLostIsBookedAgainOnceAndNotToldTwice() throws SQLException {
        Envelope lost = moved("1", "receipt", "SHIRT", "10", null);
        Envelope kept = moved("2", "receipt", "SHIRT", "5", null);
        handle(lost, kept);
        importStock();
        poll();
        inErp("delete from rh_posting where message_id = '" + lost.messageId() + "'");
        inErp("delete from m_inventoryline where description like 'pos-1/#1%'");
        inErp("delete from i_inventory where description like 'pos-1/#1%'");
        inErp("update m_storageonhand set qtyonhand = 5");
        StockReconciliation.Report report =
                reconciliation.compare(Instant.EPOCH, hub.clock.instant().plusSeconds(60), 10);
        assertEquals(2, report.movements());
        assertEquals(
                List.of(lost.businessKey()),
                report.lostByErp().stream()
                        .map(StockReconciliation.Lost::movement)
                        .toList());
        hub.own.update(
                "insert into inbox (queue, business_key, last_sequence, updated_at) select ?, *, now() from unnest(?, ?)",
                InventoryQueues.EVENTS_FOR_ERP,
                new String[] {lost.businessKey(), kept.businessKey()},
                new Long[] {1L, 1L});
        hub.commit();
        assertEquals(
                List.of("inventory.events " + lost.businessKey() + " 1"),
                reconciliation.repost(List.of(lost.businessKey(), kept.businessKey()), "op", "restored").stream()
                        .map(again -> again.destination() + " " + again.businessKey() + " " + again.sequence())
                        .toList());
        hub.commit();
        handle(lost);
        handle(kept);
        importStock();
        poll();
        assertEquals(List.of("T-1 W-BERLIN 15"), onHand());
        assertEquals(2, told().size());
        assertEquals(List.of("booked"), states());
    }

    /** What the statements of a batch are does not grow with it. */
    @Test
    void takesABatchOfTwoHundred() throws SQLException {
        List<Envelope> batch = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            batch.add(moved(Integer.toString(i), "receipt", "SHIRT", "1", null));
        }
        handle(batch.toArray(Envelope[]::new));
        importStock();
        poll();
        assertEquals(List.of("T-1 W-BERLIN 200"), onHand());
        assertEquals(200, told().size());
        assertEquals(0, STOCK.counts().doubled());
    }

    private List<Verdict<MovementEffect<MovementRow>>> handle(Envelope... batch) {
        MovementHandler.Facts<IdempiereMovements.Facts> facts = handler.load(List.of(batch));
        List<Verdict<MovementEffect<MovementRow>>> verdicts = new ArrayList<>();
        List<Decided<MovementEffect<MovementRow>>> good = new ArrayList<>();
        for (Envelope message : batch) {
            Verdict<MovementEffect<MovementRow>> verdict = handler.decide(message, facts);
            verdicts.add(verdict);
            if (verdict instanceof Verdict.Handle<MovementEffect<MovementRow>> handle) {
                good.add(new Decided<>(message, handle.effect()));
            }
        }
        handler.write(good, facts);
        hub.commit();
        return verdicts;
    }

    @SuppressWarnings("unchecked")
    private static MovementEffect<MovementRow> effect(Verdict<MovementEffect<MovementRow>> verdict) {
        return ((Verdict.Handle<MovementEffect<MovementRow>>) assertInstanceOf(Verdict.Handle.class, verdict)).effect();
    }

    private void poll() {
        poller.step();
        hub.commit();
    }

    private static void importStock() throws SQLException {
        importStock(ImportConditions.NORMAL);
    }

    private static void importStock(ImportConditions conditions) throws SQLException {
        try (InventoryImport process = new InventoryImport(Hub.erpOwner(), () -> conditions, 5000)) {
            process.run();
        }
    }

    private Envelope moved(String number, String kind, String sku, String quantity, @Nullable String reference) {
        return message("acme", stockMoved("acme", number, kind, sku, "berlin-1", quantity, reference));
    }

    private Envelope movedAt(String number, String location) {
        return message("acme", stockMoved("acme", number, "receipt", "SHIRT", location, "1", null));
    }

    private static StockMoved stockMoved(
            String tenant,
            String number,
            String kind,
            String sku,
            String location,
            String quantity,
            @Nullable String reference) {
        return new StockMoved(
                tenant,
                "pos-1",
                "#" + number,
                kind,
                sku,
                location,
                new BigDecimal(quantity),
                "EA",
                Instant.parse("2026-11-23T12:00:00Z"),
                Instant.parse("2026-11-23T12:00:01Z"),
                reference,
                "broken");
    }

    private Envelope message(String tenant, StockMoved moved) {
        return new Envelope(
                hub.ids.next(),
                StockMoved.TYPE,
                tenant,
                StockMoved.businessKey(tenant, moved.feed(), moved.sourceKey()),
                1,
                "00-0-0-01",
                "",
                "",
                new String(json(moved), StandardCharsets.UTF_8));
    }

    private static byte[] json(Object value) {
        try {
            return StrictJson.mapper().writeValueAsBytes(value);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Locations locations() {
        Map<String, LocationView> known = Map.of(
                "berlin-1", location("berlin-1", "W-BERLIN"),
                "nowhere", location("nowhere", null),
                "moon", location("moon", "W-MOON"));
        return new Locations() {
            @Override
            public Map<String, LocationView> byId(String tenant, java.util.Set<String> ids) {
                return ids.stream().filter(known::containsKey).collect(Collectors.toMap(id -> id, known::get));
            }

            @Override
            public List<LocationView> active(String tenant) {
                return List.copyOf(known.values());
            }
        };
    }

    private static LocationView location(String id, @Nullable String warehouse) {
        return new LocationView(id, "store", id, null, warehouse, null, null, null, null, null, true);
    }

    private List<String> told() {
        List<String> told = hub.own.query(
                "select business_key from sent_message where destination = 'inventory.commands' and type = ? order by business_key",
                row -> row.getString(1),
                MarkKnownToErp.TYPE);
        hub.commit();
        return told;
    }

    private List<String> states() {
        List<String> states =
                hub.own.query("select distinct state from stock_posting order by state", row -> row.getString(1));
        hub.commit();
        assertTrue(states.stream().allMatch(state -> StockPosting.State.of(state) != null));
        return states;
    }

    private static List<String> onHand() throws SQLException {
        return STOCK.onHand("").stream()
                .map(each -> each.product() + " " + each.warehouse() + " " + plain(each.quantity()))
                .toList();
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
