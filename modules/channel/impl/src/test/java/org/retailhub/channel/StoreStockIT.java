package org.retailhub.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.channel.StockPositions.Heard;
import org.retailhub.channel.StoreStock.Cursor;
import org.retailhub.channel.StoreStock.Line;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.api.StockChanged;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.testkit.OneConnection;

/** A store that reads on from where it was misses nothing, in whatever order transactions end. */
class StoreStockIT {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;
    private StoreStock stock;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("channel_app"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void empty() {
        new Database(dataSource).update("delete from stock_position");
        stock = new StoreStock(new Database(dataSource));
    }

    private static Set<StockPositions.Key> hear(
            Database database, String location, String sku, long sequence, int onHand) {
        return new StockPositions(database)
                .hear(
                        List.of(new Heard(
                                sequence,
                                new StockChanged(
                                        "acme",
                                        sku,
                                        location,
                                        "EA",
                                        sequence,
                                        BigDecimal.valueOf(onHand),
                                        BigDecimal.ONE,
                                        BigDecimal.ONE,
                                        NOW))),
                        NOW);
    }

    private List<String> read(Cursor cursor) {
        return lines(cursor).stream()
                .map(each -> each.sku() + " " + each.available())
                .toList();
    }

    private List<Line> lines(Cursor cursor) {
        return stock.changedAfter("acme", "berlin-1", cursor, 100);
    }

    private Cursor end(Cursor from) {
        List<Line> found = lines(from);
        Line last = found.get(found.size() - 1);
        return new Cursor(last.xid(), last.sku());
    }

    @Test
    void readsItsOwnStoreWholeAndThenWhatChanged() {
        Database database = new Database(dataSource);
        hear(database, "berlin-1", "MUG", 1, 10);
        hear(database, "berlin-1", "POT", 1, 5);
        hear(database, "hamburg-2", "MUG", 1, 99);
        assertEquals(List.of("MUG 8", "POT 3"), read(Cursor.START));
        Cursor end = end(Cursor.START);
        assertEquals(List.of(), read(end));
        hear(database, "berlin-1", "MUG", 2, 9);
        hear(database, "hamburg-2", "MUG", 2, 98);
        assertEquals(List.of("MUG 7"), read(end));
        assertEquals(List.of("POT 3", "MUG 7"), read(Cursor.START), "each once");
        assertEquals(List.of(), stock.changedAfter("other", "berlin-1", Cursor.START, 100));
    }

    @Test
    void anOlderMessageIsNoNews() {
        Database database = new Database(dataSource);
        assertEquals(1, hear(database, "berlin-1", "MUG", 7, 10).size());
        Cursor end = end(Cursor.START);
        assertEquals(Set.of(), hear(database, "berlin-1", "MUG", 6, 99));
        assertEquals(Set.of(), hear(database, "berlin-1", "MUG", 7, 99));
        assertEquals(List.of(), read(end));
        assertEquals(List.of("MUG 8"), read(Cursor.START));
    }

    @Test
    void aSlowTransactionsRowDoesNotAppearBehindTheReader() {
        try (OneConnection slow = new OneConnection(dataSource);
                OneConnection fast = new OneConnection(dataSource)) {
            hear(new Database(slow), "berlin-1", "MUG", 1, 10);
            hear(new Database(fast), "berlin-1", "POT", 1, 5);
            fast.commit();
            assertEquals(List.of(), read(Cursor.START), "what began before is still open");
            slow.commit();
            assertEquals(List.of("MUG 8", "POT 3"), read(Cursor.START));
        }
    }

    @Test
    void pagesAsLongAsThereIsMore() {
        Database database = new Database(dataSource);
        for (int i = 0; i < 25; i++) {
            hear(database, "berlin-1", String.format("SKU-%02d", i), 1, i);
        }
        List<String> all = new ArrayList<>();
        Cursor cursor = Cursor.START;
        for (List<Line> page = stock.changedAfter("acme", "berlin-1", cursor, 10);
                !page.isEmpty();
                page = stock.changedAfter("acme", "berlin-1", cursor, 10)) {
            page.forEach(each -> all.add(each.sku()));
            cursor = Cursor.of(new Cursor(
                            page.get(page.size() - 1).xid(),
                            page.get(page.size() - 1).sku())
                    .wire());
        }
        assertEquals(25, Set.copyOf(all).size());
        assertEquals(25, all.size());
    }

    @Test
    void aCursorOfAnotherTimeIsRefusedAndRowsOfAnotherTimeAreSeen() {
        Database database = new Database(dataSource);
        RetailException refused = assertThrows(RetailException.class, () -> lines(new Cursor(999_999_999_999L, "")));
        assertEquals(ChannelError.OTHER_TIMES_CURSOR, refused.code());
        hear(database, "berlin-1", "MUG", 1, 10);
        database.update("update stock_position set changed_xid = 999999999999");
        assertEquals(List.of(), read(Cursor.START));
        stock.beginAnew();
        assertEquals(List.of("MUG 8"), read(Cursor.START));
    }

    @Test
    void aCursorThatIsNoneOfOursIsRefused() {
        for (String no : List.of("", "x", "-1~MUG", "1", "99999999999999999999~MUG", "1~" + "S".repeat(65))) {
            RetailException refused = assertThrows(RetailException.class, () -> Cursor.of(no), no);
            assertEquals(RuntimeError.INVALID_PARAMETER, refused.code());
            assertEquals("after", refused.field().orElseThrow());
        }
    }
}
