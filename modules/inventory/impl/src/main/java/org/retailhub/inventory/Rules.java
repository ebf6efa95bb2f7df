package org.retailhub.inventory;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.domain.ChannelRule;
import org.retailhub.inventory.domain.Position;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What channels may sell and what is kept back: each version is kept and each change audited, in the caller's transaction. The same again
 * changes nothing.
 */
public final class Rules {
    /** A tenant's channel. */
    public record Channel(String tenant, String channel) {}

    /** A rule with what it is for; the SKU is empty for the channel as a whole. */
    public record Known(String channel, String sku, ChannelRule rule, Instant setAt) {}

    /** Who did what. */
    public record Deed(String id, Instant at, String actor, String action, String subject, String detail) {}

    private static final String RULE = "version, buffer, cap, minimum_display, locations, set_at";

    private final Database database;
    private final Stock stock;
    private final Positions positions;
    private final StockEvents events;
    private final Signals signals;
    private final MessageSender sender;
    private final Ulid ids;

    Rules(Database database, Stock stock, MessageSender sender, Ulid ids) {
        this.database = database;
        this.stock = stock;
        this.positions = new Positions(database);
        this.events = new StockEvents(ids);
        this.signals = stock.signals();
        this.sender = sender;
        this.ids = ids;
    }

    /** Of each channel as a whole; those without a rule are left out. */
    Map<Channel, ChannelRule> pools(Collection<Channel> channels) {
        Map<Channel, ChannelRule> rules = new HashMap<>();
        if (!channels.isEmpty()) {
            database.query(
                    "select " + RULE
                            + ", tenant, channel from unnest(?, ?) as k(tenant, channel) join channel_rule using (tenant, channel)"
                            + " where sku = ''",
                    row -> rules.put(new Channel(row.getString(7), row.getString(8)), read(row)),
                    channels.stream().map(Channel::tenant).toArray(String[]::new),
                    channels.stream().map(Channel::channel).toArray(String[]::new));
        }
        return rules;
    }

    /** In order of channel and SKU. @param channel empty for all */
    public List<Known> of(String tenant, String channel) {
        return database.query(
                "select " + RULE
                        + ", channel, sku from channel_rule where tenant = ? and (channel = ? or ? = '') order by channel, sku limit 1000",
                row -> new Known(
                        row.getString(7),
                        row.getString(8),
                        read(row),
                        row.getObject(6, OffsetDateTime.class).toInstant()),
                tenant,
                channel,
                channel);
    }

    static ChannelRule read(ResultSet row) throws SQLException {
        return new ChannelRule(
                row.getLong(1), row.getBigDecimal(2), row.getBigDecimal(3), row.getBigDecimal(4), Set.of((String[])
                        row.getArray(5).getArray()));
    }

    /** @param sku empty for the channel as a whole */
    public Known set(String actor, String tenant, String channel, String sku, ChannelRule wanted) {
        lock(tenant, channel);
        Optional<Known> before = one(tenant, channel, sku);
        if (before.isPresent() && same(before.get().rule(), wanted)) {
            return before.get();
        }
        Instant now = stock.now();
        long version = nextVersion(tenant, channel, sku);
        String[] locations = wanted.locations().stream().sorted().toArray(String[]::new);
        database.update(
                """
                insert into channel_rule (tenant, channel, sku, version, buffer, cap, minimum_display, locations, set_at)
                values (?, ?, ?, ?, ?, ?::numeric, ?, ?, ?) on conflict (tenant, channel, sku) do update set version = excluded.version,
                  buffer = excluded.buffer, cap = excluded.cap, minimum_display = excluded.minimum_display,
                  locations = excluded.locations, set_at = excluded.set_at""",
                tenant,
                channel,
                sku,
                version,
                wanted.buffer(),
                wanted.cap(),
                wanted.minimumDisplay(),
                locations,
                now);
        keep(tenant, channel, sku, version, now);
        audit(
                actor,
                "rule-set",
                tenant,
                subject(channel, sku),
                "buffer " + wanted.buffer().toPlainString() + ", cap "
                        + (wanted.cap() == null ? "none" : wanted.cap().toPlainString()) + ", minimum "
                        + wanted.minimumDisplay().toPlainString() + ", locations "
                        + (locations.length == 0 ? "all" : String.join(" ", locations)));
        return one(tenant, channel, sku).orElseThrow();
    }

    private static boolean same(ChannelRule one, ChannelRule other) {
        return one.buffer().compareTo(other.buffer()) == 0
                && one.minimumDisplay().compareTo(other.minimumDisplay()) == 0
                && one.locations().equals(other.locations())
                && (one.cap() == null
                        ? other.cap() == null
                        : other.cap() != null && one.cap().compareTo(other.cap()) == 0);
    }

    /** @return whether there was one */
    public boolean remove(String actor, String tenant, String channel, String sku) {
        lock(tenant, channel);
        if (one(tenant, channel, sku).isEmpty()) {
            return false;
        }
        database.update("delete from channel_rule where tenant = ? and channel = ? and sku = ?", tenant, channel, sku);
        database.update(
                "insert into channel_rule_version (tenant, channel, sku, version, set_at) values (?, ?, ?, ?, ?)",
                tenant,
                channel,
                sku,
                nextVersion(tenant, channel, sku),
                stock.now());
        audit(actor, "rule-removed", tenant, subject(channel, sku), "");
        return true;
    }

    /** Changes of one channel's rules follow each other. */
    private void lock(String tenant, String channel) {
        database.query(
                "select pg_advisory_xact_lock(hashtextextended('rules of ' || ? || ' ' || ?, 0))",
                row -> 0,
                tenant,
                channel);
    }

    private Optional<Known> one(String tenant, String channel, String sku) {
        return of(tenant, channel).stream()
                .filter(each -> each.sku().equals(sku))
                .findFirst();
    }

    private long nextVersion(String tenant, String channel, String sku) {
        return database.queryOne(
                        "select coalesce(max(version), 0) + 1 from channel_rule_version where tenant = ? and channel = ? and sku = ?",
                        row -> row.getLong(1),
                        tenant,
                        channel,
                        sku)
                .orElseThrow();
    }

    private void keep(String tenant, String channel, String sku, long version, Instant now) {
        database.update("""
                insert into channel_rule_version (tenant, channel, sku, version, buffer, cap, minimum_display, locations, set_at)
                select tenant, channel, sku, version, buffer, cap, minimum_display, locations, ? from channel_rule
                where tenant = ? and channel = ? and sku = ? and version = ?""", now, tenant, channel, sku, version);
    }

    private static String subject(String channel, String sku) {
        return sku.isEmpty() ? channel : channel + " " + sku;
    }

    /** What is kept back of a SKU at a location, never promised to anybody. @return what it was before */
    public BigDecimal setSafety(String actor, PositionKey key, BigDecimal quantity, String traceparent) {
        SortedSet<PositionKey> one = new TreeSet<>(List.of(key));
        positions.create(one);
        Position position = positions.lock(one, true).get(key);
        if (position == null) {
            throw new IllegalStateException("a position that was just made is not there: " + key);
        }
        if (position.safety().compareTo(quantity) != 0) {
            Instant now = stock.now();
            database.update("""
                    update position set safety = ?, event_sequence = event_sequence + 1
                    where tenant = ? and sku = ? and location = ?""", quantity, key.tenant(), key.sku(), key.location());
            database.update(
                    """
                    insert into safety_version (tenant, sku, location, version, quantity, set_at)
                    select ?, ?, ?, coalesce(max(version), 0) + 1, ?::numeric, ?::timestamptz from safety_version
                    where tenant = ? and sku = ? and location = ?""",
                    key.tenant(),
                    key.sku(),
                    key.location(),
                    quantity,
                    now,
                    key.tenant(),
                    key.sku(),
                    key.location());
            audit(actor, "safety-set", key.tenant(), key.location() + " " + key.sku(), quantity.toPlainString());
            Position after = position.keeping(quantity);
            List<OutboundMessage> fallen = signals.of(List.of(after), now, "", traceparent);
            positions.mark(after);
            List<OutboundMessage> messages = new ArrayList<>(events.changed(List.of(after), "", traceparent));
            messages.addAll(fallen);
            sender.send(messages);
        }
        return position.safety();
    }

    void audit(String actor, String action, String tenant, String subject, String detail) {
        database.update(
                "insert into audit_entry (entry_id, acted_at, actor, action, tenant, subject, detail) values (?, ?, ?, ?, ?, ?, ?)",
                ids.next(),
                stock.now(),
                actor,
                action,
                tenant,
                subject,
                detail);
    }

    /** Newest first. @param before the last one of the page before, or null */
    public List<Deed> deeds(String tenant, @Nullable String before, int most) {
        return database.query(
                """
                select entry_id, acted_at, actor, action, subject, detail from audit_entry
                where tenant = ? and entry_id < ? order by entry_id desc limit ?""",
                row -> new Deed(
                        row.getString(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)),
                tenant,
                before == null ? "~" : before,
                most);
    }
}
