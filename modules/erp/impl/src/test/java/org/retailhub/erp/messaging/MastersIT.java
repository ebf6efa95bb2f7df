package org.retailhub.erp.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.retailhub.erp.messaging.Hub.inErp;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.erp.MasterFeeds;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.MasterReader;
import org.retailhub.erp.idempiere.IdempiereMasters;
import org.retailhub.masterdata.api.LearnMaster;
import org.retailhub.masterdata.api.MasterDataQueues;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;
import org.retailhub.platform.testkit.Hands;
import org.retailhub.simulator.erp.Masters;

/** Masters that come back from the ERP's own tables: each state told once, also what is committed late. */
class MastersIT {
    private Hub hub;
    private Hands clock;
    private MasterFeeds feeds;
    private MastersPoller poller;
    private int cutOffAfterPages;
    private boolean shut;

    @BeforeEach
    void freshDatabases() throws SQLException {
        hub = Hub.fresh();
        hub.own.update("delete from master_told");
        hub.own.update("delete from master_feed");
        cutOffAfterPages = Integer.MAX_VALUE;
        clock = new Hands(hub.clock.instant());
        feeds = new MasterFeeds(hub.own);
        MessageSender sender = new MessageSender(
                hub.own,
                Hub.doing(ConnectionFactory.class),
                Map.of(MasterDataQueues.COMMANDS, Hub.doing(Destination.class)),
                hub.clock);
        poller = new MastersPoller(
                cutOff(new IdempiereMasters(new Database(hub.erpConnection))),
                hub.circuit,
                feeds,
                sender,
                new Transactions(hub.transaction(), 60),
                hub.own,
                () -> {
                    if (shut) {
                        throw new RetailException(RuntimeError.SHED, "too much waits");
                    }
                },
                clock);
        poller.prepare();
        hub.commit();
    }

    @AfterEach
    void end() {
        hub.end();
    }

    @Test
    void nothingComesBeforeSomebodySaysForWhom() {
        poll();
        assertEquals(List.of(), told());
    }

    @Test
    void eachStateOfAMasterIsToldOnce() throws SQLException {
        want("acme", LearnMaster.ITEM, LearnMaster.TAX_CODE);
        poll();
        poll();
        assertEquals(List.of("CH 1 true", "T-1 1 true", "T-2 1 true", "V20 1 true"), told());
        new Masters(Hub.erpOwner()).upsert(Masters.Kind.PRODUCTS, "{\"value\": \"T-1\", \"active\": false}");
        poll();
        poll();
        assertEquals(List.of("CH 1 true", "T-1 1 true", "T-1 2 false", "T-2 1 true", "V20 1 true"), told());
    }

    /** A change is dated when it is made: one that is committed after a later one lies behind what was looked at, here by hours. */
    @Test
    void whatIsCommittedLateIsNotMissed() throws SQLException {
        want("acme", LearnMaster.ITEM);
        poll();
        poll();
        try (Connection late = Hub.erpOwner().open();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute(
                    "insert into m_product (value, name, updated) values ('LATE', 'late', localtimestamp - interval '9 minutes')");
            inErp("insert into m_product (value, name) values ('EARLY', 'early')");
            poll();
            poll();
            assertEquals(List.of("EARLY 1 true", "T-1 1 true", "T-2 1 true"), told());
            // As if two hours had gone by: the horizon still stands before the transaction that is open.
            hub.own.update(
                    "update master_feed set settled_at = settled_at - interval '2 hours', horizon_at = horizon_at - interval '2 hours'");
            statement.execute(
                    "update m_product set updated = localtimestamp - interval '2 hours 9 minutes' where value = 'LATE'");
            poll();
            late.commit();
        }
        poll();
        assertEquals(List.of("EARLY 1 true", "LATE 1 true", "T-1 1 true", "T-2 1 true"), told());
    }

    @Test
    void manyOfOneDateAreAllTold() throws SQLException {
        want("acme", LearnMaster.ITEM);
        poll();
        inErp(
                "insert into m_product (value, name, updated) select 'P-' || n, 'many', date_trunc('hour', localtimestamp) + interval '1 hour' "
                        + "from generate_series(1, 2500) n");
        poll();
        assertEquals(2502, told().size());
        inErp("update m_product set name = 'again' where value like 'P-%'");
        poll();
        assertEquals(5002, told().size(), "the date did not change, and they are looked at all the same");
    }

    @Test
    void aDateInTheFutureHidesNothing() throws SQLException {
        want("acme", LearnMaster.ITEM);
        inErp("insert into m_product (value, name, updated) values ('FUTURE', 'x', timestamp '2099-01-01')");
        poll();
        inErp("insert into m_product (value, name) values ('TODAY', 'x')");
        poll();
        inErp("update m_product set name = 'y', updated = localtimestamp where value = 'FUTURE'");
        poll();
        assertEquals(List.of("FUTURE 1 true", "FUTURE 2 true", "T-1 1 true", "T-2 1 true", "TODAY 1 true"), told());
    }

    /** The ERP's own rules are not ours: what it leaves empty is told so, and keeps no other row away. */
    @Test
    void aRowWithoutANameKeepsNoOtherAway() throws SQLException {
        want("acme", LearnMaster.ITEM);
        inErp("alter table m_product alter name drop not null, alter value drop not null, alter updated drop not null");
        inErp(
                "insert into m_product (value, name, updated) values (null, null, null), ('GOOD', 'good', localtimestamp)");
        poll();
        assertEquals(List.of("GOOD 1 true", "T-1 1 true", "T-2 1 true", "null 1 true"), told());
    }

    @Test
    void oneTableThatCannotBeReadKeepsNoOtherAway() throws SQLException {
        want("acme", LearnMaster.ITEM, LearnMaster.LOCATION);
        inErp("alter table m_product rename to m_product_away");
        poll();
        assertEquals(List.of("HQ 1 true"), told());
        inErp("alter table m_product_away rename to m_product");
        poll();
        assertEquals(List.of("HQ 1 true", "T-1 1 true", "T-2 1 true"), told());
    }

    @Test
    void wantedAgainEachIsToldOnceMoreAlsoAfterACutOff() throws SQLException {
        inErp("insert into m_product (value, name) select 'P-' || n, 'many' from generate_series(1, 1500) n");
        want("acme", LearnMaster.ITEM);
        poll();
        assertEquals(1502, told().size());
        feeds.again("idempiere", List.of(LearnMaster.ITEM));
        hub.commit();
        cutOffAfterPages = 1;
        poll();
        assertEquals(2502, told().size());
        cutOffAfterPages = Integer.MAX_VALUE;
        poll();
        poll();
        assertEquals(3004, told().size());
    }

    @Test
    void aKindThatIsPutBackIsToldAnew() {
        want("acme", LearnMaster.ITEM);
        poll();
        feeds.again("idempiere", List.of(LearnMaster.ITEM));
        hub.commit();
        poll();
        assertEquals(4, told().size());
        want("acme", LearnMaster.TAX_CODE);
        poll();
        assertEquals(6, told().size());
        want("acme", LearnMaster.ITEM);
        poll();
        poll();
        assertEquals(8, told().size());
    }

    /** Somebody else, another node, kept a page after this one had read: what this one read may be old. */
    @Test
    void whoWasOvertakenKeepsNothing() throws SQLException {
        want("acme", LearnMaster.ITEM);
        MasterFeeds.Feed read = feeds.of("idempiere").get(0);
        poll();
        assertFalse(feeds.mayKeep(read, read.looks()));
        hub.commit();
        feeds.of("idempiere").forEach(now -> assertTrue(feeds.mayKeep(now, now.looks())));
        hub.commit();
    }

    @Test
    void whileTheCircuitIsOpenNothingIsAsked() throws SQLException {
        want("acme", LearnMaster.ITEM);
        hub.circuit.open(new RetailException(ErpError.ERP_DOWN, "away"));
        poll();
        assertEquals(List.of(), told());
    }

    @Test
    void whileSoMuchWaitsThatACatalogueIsNotTakenInNothingIsTold() {
        want("acme", LearnMaster.ITEM);
        shut = true;
        poll();
        assertEquals(List.of(), told());
        assertFalse(hub.circuit.state().open(), "it is not the ERP that refuses");
        shut = false;
        poll();
        assertEquals(2, told().size());
    }

    @Test
    void ofACustomerNothingPersonalIsTold() throws SQLException {
        want("acme", LearnMaster.CUSTOMER);
        poll();
        assertEquals(List.of("SHOP-EU 1 true", "Standard 1 true"), told());
        assertTrue(
                bodies().stream().noneMatch(body -> body.contains("Shop\"") || body.contains("Cash Sale")),
                () -> bodies().toString());
    }

    @Test
    void onceADayAllAreLookedAt() throws SQLException {
        want("acme", LearnMaster.ITEM);
        poll();
        inErp("insert into m_product (value, name, updated) values ('OLD', 'restored', timestamp '2020-01-01')");
        poll();
        assertEquals(2, told().size());
        clock.forward(Duration.ofHours(25));
        poll();
        assertEquals(List.of("OLD 1 true", "T-1 1 true", "T-2 1 true"), told());
    }

    @Test
    void anotherTenantBeginsAtTheBeginning() {
        want("acme", LearnMaster.LOCATION);
        poll();
        want("other", LearnMaster.LOCATION);
        poll();
        assertEquals(
                List.of("acme/idempiere/location/103", "other/idempiere/location/103"),
                hub.own.query(
                        "select business_key from sent_message where destination = ? order by 1",
                        row -> row.getString(1),
                        MasterDataQueues.COMMANDS));
        hub.commit();
    }

    @Test
    void manyAreToldPageByPage() throws SQLException {
        inErp("insert into m_product (value, name) select 'P-' || n, 'many' from generate_series(1, 2500) n");
        want("acme", LearnMaster.ITEM);
        poll();
        assertEquals(2502, told().size());
        poll();
        assertEquals(2502, told().size());
    }

    /** The ERP that goes away after so many pages of a look. */
    private MasterReader cutOff(MasterReader erp) {
        return new MasterReader() {
            private int pages;

            @Override
            public String target() {
                return erp.target();
            }

            @Override
            public Set<String> kinds() {
                return erp.kinds();
            }

            @Override
            public Moment now() {
                pages = 0;
                return erp.now();
            }

            @Override
            public List<Master> changed(String kind, @Nullable LocalDateTime since, long after, int limit) {
                if (pages++ == cutOffAfterPages) {
                    throw new RetailException(RuntimeError.BUG, "cut off");
                }
                try {
                    return erp.changed(kind, since, after, limit);
                } catch (RetailException e) {
                    // Outside a transaction there would be none that a failed question spoils.
                    hub.erpConnection.rollback();
                    throw e;
                }
            }
        };
    }

    private void want(String tenant, String... kinds) {
        feeds.set("idempiere", tenant, List.of(kinds), clock.instant());
        hub.commit();
    }

    private void poll() {
        poller.step();
        hub.commit();
    }

    private List<String> bodies() {
        List<String> bodies = hub.own.query(
                "select body || ' ' || sequence from sent_message where destination = ? order by business_key, sequence",
                row -> row.getString(1),
                MasterDataQueues.COMMANDS);
        hub.commit();
        return bodies;
    }

    private List<String> told() {
        return bodies().stream()
                .map(line -> {
                    int end = line.lastIndexOf(' ');
                    LearnMaster master = StrictJson.readMessage(line.substring(0, end), LearnMaster.class);
                    return master.value() + " " + line.substring(end + 1) + " " + master.active();
                })
                .sorted()
                .toList();
    }
}
