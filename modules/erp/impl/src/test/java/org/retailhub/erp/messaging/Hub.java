package org.retailhub.erp.messaging;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.erp.KnownPostings;
import org.retailhub.erp.KnownShipments;
import org.retailhub.erp.Reconciliation;
import org.retailhub.erp.Target;
import org.retailhub.erp.api.ErpQueues;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.erp.domain.Posting;
import org.retailhub.erp.idempiere.DocumentRow;
import org.retailhub.erp.idempiere.IdempiereAdapter;
import org.retailhub.masterdata.api.ProductView;
import org.retailhub.masterdata.api.Products;
import org.retailhub.masterdata.api.SalesAccountView;
import org.retailhub.masterdata.api.SalesAccounts;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.BatchHandler.Decided;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.outside.CircuitBreaker;
import org.retailhub.platform.runtime.outside.RetryBudget;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;
import org.retailhub.platform.testkit.OneConnection;
import org.retailhub.simulator.erp.ErpConnections;
import org.retailhub.simulator.erp.ErpDatabase;
import org.retailhub.simulator.erp.ErpLedger;
import org.retailhub.simulator.erp.ImportConditions;
import org.retailhub.simulator.erp.ImportRun;
import org.retailhub.simulator.erp.Masters;
import org.retailhub.simulator.erp.OrderImport;

/**
 * The module on a real PostgreSQL with the roles of production, beside an ERP with its real tables and import. Masters: products
 * SHIRT (item T-1), MUG (item T-2); channel shop-eu (partner SHOP-EU); tenant acme.
 */
final class Hub {
    private static final TemporaryPostgres SERVER = LocalPostgres.startTemporary(Path.of("target"));
    private static final ErpConnections OWNER = erp("adempiere");
    private static final ErpConnections SUPERUSER = erp("postgres");
    static final ErpLedger LEDGER = new ErpLedger(OWNER);

    final OneConnection ownConnection = new OneConnection(SERVER.url("erp_app"));
    final OneConnection erpConnection = new OneConnection(SERVER.erpUrl("retailhub_if"));
    final Database own = new Database(ownConnection);
    final Clock clock = Clock.systemUTC();
    final Ulid ids = new Ulid(clock);
    final KnownPostings postings = new KnownPostings(own, "idempiere");
    final KnownShipments shipments = new KnownShipments(own, "idempiere");
    final Map<String, String> items = new HashMap<>(Map.of("SHIRT", "T-1", "MUG", "T-2"));
    final Map<String, String> partners = new HashMap<>(Map.of("shop-eu", "SHOP-EU"));
    final IdempiereAdapter adapter = new IdempiereAdapter(new Database(erpConnection), fit -> {});
    final CircuitBreaker circuit =
            new CircuitBreaker(adapter::probe, new RetryBudget.Terms(0.1, Duration.ofHours(1), 10), clock);
    final PostingHandler<ErpAdapter.Facts, List<DocumentRow>> handler;
    final VerdictPoller poller;
    final Reconciliation reconciliation;

    Hub() {
        Trace trace = new Trace(own, clock);
        MessageSender sender = new MessageSender(
                own, doing(ConnectionFactory.class), Map.of(ErpQueues.EVENTS, doing(Destination.class)), clock);
        PostingEvents events = new PostingEvents(sender, ids);
        handler = new PostingHandler<>(
                adapter, circuit, postings, shipments, products(), accounts(), events, trace, clock);
        Transactions transactions = new Transactions(transaction(), 60);
        poller = new VerdictPoller(adapter, circuit, postings, events, trace, transactions, own, clock);
        reconciliation = new Reconciliation(
                new Target<>(adapter, ErpQueues.POSTINGS_IDEMPIERE, circuit, postings), own, transactions, trace);
        try {
            poller.prepare();
            adapter.prepare();
            commit();
        } catch (RuntimeException e) {
            end();
            throw e;
        }
    }

    /** Both databases emptied, masters in the ERP. */
    static Hub fresh() throws SQLException {
        execute(SUPERUSER, "drop schema if exists adempiere cascade; create schema adempiere authorization adempiere");
        ErpDatabase.init(OWNER);
        Masters masters = new Masters(OWNER);
        masters.upsert(
                Masters.Kind.PRODUCTS, "{\"value\": \"T-1\", \"prices\": {\"EUR\": \"99\"}}\n{\"value\": \"T-2\"}");
        masters.upsert(
                Masters.Kind.PARTNERS,
                "{\"value\": \"SHOP-EU\", \"name\": \"Shop\", \"address1\": \"x\", \"city\": \"Bonn\", \"country\": \"DE\"}");
        execute(
                new ErpConnections(
                        SERVER.superuserUrl("retailhub").replaceAll("\\?.*", ""),
                        "postgres",
                        SERVER.passwordOf("postgres")),
                "truncate erp.posting, erp.stock_posting, erp.shipment_posting, erp.sent_message, erp.trace_hop, erp.inbox");
        return new Hub();
    }

    static void execute(ErpConnections connections, String sql) throws SQLException {
        try (var connection = connections.open();
                var statement = connection.createStatement()) {
            statement.execute("set lock_timeout = '5s'");
            statement.execute(sql);
        }
    }

    static void inErp(String sql) throws SQLException {
        execute(OWNER, sql);
    }

    static ErpConnections erpOwner() {
        return OWNER;
    }

    private static ErpConnections erp(String role) {
        return new ErpConnections(
                "jdbc:postgresql://127.0.0.1:" + SERVER.port() + "/idempiere", role, SERVER.passwordOf(role));
    }

    static void importOrders() throws SQLException {
        importOrders(ImportConditions.NORMAL);
    }

    static ImportRun importOrders(ImportConditions conditions) throws SQLException {
        try (OrderImport process = new OrderImport(OWNER, () -> conditions, 5000)) {
            return process.run();
        }
    }

    /** What is not committed is gone. */
    void end() {
        erpConnection.close();
        ownConnection.close();
    }

    void commit() {
        erpConnection.commit();
        ownConnection.commit();
    }

    void rollback() {
        erpConnection.rollback();
        ownConnection.rollback();
    }

    /** As the drain does: what is good is written, the verdicts come back in order. */
    List<Verdict<Effect<List<DocumentRow>>>> handle(Envelope... batch) {
        PostingFacts<ErpAdapter.Facts> facts = handler.load(List.of(batch));
        List<Verdict<Effect<List<DocumentRow>>>> verdicts = new ArrayList<>();
        List<Decided<Effect<List<DocumentRow>>>> good = new ArrayList<>();
        for (Envelope message : batch) {
            Verdict<Effect<List<DocumentRow>>> verdict = handler.decide(message, facts);
            verdicts.add(verdict);
            if (verdict instanceof Verdict.Handle<Effect<List<DocumentRow>>> handle) {
                good.add(new Decided<>(message, handle.effect()));
            }
        }
        handler.write(good, facts);
        commit();
        return verdicts;
    }

    Verdict<Effect<List<DocumentRow>>> handleOne(Envelope message) {
        return handle(message).get(0);
    }

    void poll() {
        poller.step();
        commit();
    }

    Posting posting(String orderId) {
        Posting found = postings.find(List.of(orderId)).get(orderId);
        commit();
        return found;
    }

    /** Types of the events told about an order, in the order of their numbers, as "1 PostingAcknowledged.v1". */
    List<String> events(String orderId) {
        List<String> found = own.query(
                "select sequence || ' ' || type from sent_message where destination = 'erp.events' and business_key = ?"
                        + " order by sequence",
                row -> row.getString(1),
                orderId);
        commit();
        return found;
    }

    Envelope post(SalesDocument document) {
        return message(SalesDocument.POST, 1, document.orderId(), Json.of(document));
    }

    Envelope amend(int sequence, SalesDocument document) {
        return message(SalesDocument.AMEND, sequence, document.orderId(), Json.of(document));
    }

    Envelope withdraw(int sequence, String orderId) {
        return message(
                SalesDocument.WITHDRAW,
                sequence,
                orderId,
                Json.of(new SalesDocument.Withdrawal(orderId, "changed mind")));
    }

    Envelope message(String type, int sequence, String orderId, String body) {
        return new Envelope(ids.next(), type, "acme", orderId, sequence, "00-0-0-01", "request", "shop-eu", body);
    }

    static SalesDocument order(
            String orderId, String currency, Stream<SalesDocument.Line> lines, SalesDocument.Charge... charges) {
        return new SalesDocument(
                orderId,
                1,
                "shop-eu",
                "1001",
                OffsetDateTime.of(2026, 11, 23, 23, 30, 0, 0, ZoneOffset.ofHours(-5)),
                currency,
                new SalesDocument.ShipTo("A. Buyer", "Hauptstr. 1", null, "Bonn", "53111", null, "DE"),
                lines.toList(),
                List.of(charges));
    }

    /** Two shirts at 12.30. */
    static SalesDocument shirts(String orderId, int quantity) {
        return order(orderId, "EUR", Stream.of(line("1", "SHIRT", quantity, "12.30")), charge("shipping", "4.99"));
    }

    static SalesDocument.Line line(String id, String sku, int quantity, String price) {
        return new SalesDocument.Line(id, sku, BigDecimal.valueOf(quantity), new BigDecimal(price));
    }

    static SalesDocument.Charge charge(String type, String amount) {
        return new SalesDocument.Charge(type, null, new BigDecimal(amount));
    }

    Products products() {
        return (tenant, skus) -> skus.stream()
                .filter(sku -> items.containsKey(sku.value()))
                .collect(Collectors.toMap(
                        sku -> sku, sku -> new ProductView(sku, List.of(), items.get(sku.value()), sku.value(), true)));
    }

    private SalesAccounts accounts() {
        return (tenant, channels) -> channels.stream()
                .filter(partners::containsKey)
                .collect(Collectors.toMap(c -> c, c -> new SalesAccountView(c, partners.get(c))));
    }

    UserTransaction transaction() {
        return (UserTransaction) Proxy.newProxyInstance(
                Hub.class.getClassLoader(), new Class<?>[] {UserTransaction.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "commit" -> commit();
                        case "rollback" -> rollback();
                        case "getStatus" -> {
                            return Status.STATUS_ACTIVE;
                        }
                        default -> {
                            // Begins by itself.
                        }
                    }
                    return null;
                });
    }

    /** Takes every call and gives such objects back: a broker that nobody looks into. */
    static <T> T doing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                Hub.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        method.getReturnType().isInterface() ? doing(method.getReturnType()) : null));
    }
}
