package org.retailhub.channel;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.retailhub.inventory.api.StockChanged;
import org.retailhub.platform.runtime.sql.Database;

/** How positions stand, as inventory told it last. Joins the caller's transaction. */
public final class StockPositions {
    /** A position's message. @param sequence of the position's messages */
    public record Heard(long sequence, StockChanged stock) {}

    /** Whose stock of what is where. */
    public record Key(String tenant, String location, String sku) {
        public static Key of(StockChanged stock) {
            return new Key(stock.tenant(), stock.location(), stock.sku());
        }
    }

    private final Database database;

    StockPositions(Database database) {
        this.database = database;
    }

    /** At most one message per position. @return those that are news: an older one than is known changes nothing, nor does the same again */
    public Set<Key> hear(List<Heard> messages, Instant now) {
        if (messages.isEmpty()) {
            return Set.of();
        }
        return database
                .query(
                        """
                        insert into stock_position as p (tenant, location, sku, sequence, movement, unit, on_hand, reserved, safety,
                          recorded_at, heard_at)
                        select k.*, ? from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                          as k(tenant, location, sku, sequence, movement, unit, on_hand, reserved, safety, recorded_at)
                        order by 1, 2, 3
                        on conflict (tenant, location, sku) do update set sequence = excluded.sequence, movement = excluded.movement,
                          unit = excluded.unit, on_hand = excluded.on_hand, reserved = excluded.reserved, safety = excluded.safety,
                          recorded_at = excluded.recorded_at, heard_at = excluded.heard_at,
                          changed_xid = pg_current_xact_id()::text::bigint
                        where p.sequence < excluded.sequence
                        returning tenant, location, sku""",
                        row -> new Key(row.getString(1), row.getString(2), row.getString(3)),
                        now,
                        texts(messages, StockChanged::tenant),
                        texts(messages, StockChanged::location),
                        texts(messages, StockChanged::sku),
                        messages.stream().map(Heard::sequence).toArray(Long[]::new),
                        messages.stream().map(each -> each.stock().movement()).toArray(Long[]::new),
                        texts(messages, StockChanged::unit),
                        numbers(messages, StockChanged::onHand),
                        numbers(messages, StockChanged::reserved),
                        numbers(messages, StockChanged::safety),
                        messages.stream().map(each -> each.stock().recordedAt()).toArray(Instant[]::new))
                .stream()
                .collect(Collectors.toSet());
    }

    private static String[] texts(List<Heard> messages, Function<StockChanged, String> field) {
        return messages.stream().map(each -> field.apply(each.stock())).toArray(String[]::new);
    }

    private static BigDecimal[] numbers(List<Heard> messages, Function<StockChanged, BigDecimal> field) {
        return messages.stream().map(each -> field.apply(each.stock())).toArray(BigDecimal[]::new);
    }
}
