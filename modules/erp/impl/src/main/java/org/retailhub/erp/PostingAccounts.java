package org.retailhub.erp;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.ErpQueues;
import org.retailhub.platform.kernel.Insight.Account;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What the rows of this module and the marks in the ERP say of each posting, counted apart. A row that somebody took away is missed by
 * the others.
 */
public final class PostingAccounts {
    /** The hub's branch and the ERP's of one transaction commit one after the other, after a crash some time later. */
    private static final Duration MARKED_WITHIN = Duration.ofSeconds(60);

    private record Line(
            Account account,
            @Nullable String messageId,
            @Nullable Instant writtenAt,
            boolean discardable) {}

    private final Database database;
    private final Supplier<List<Target<?, ?>>> targets;
    private final Clock clock;

    PostingAccounts(Database database, Supplier<List<Target<?, ?>>> targets, Clock clock) {
        this.database = database;
        this.targets = targets;
        this.clock = clock;
    }

    Map<String, Account> of(Set<String> orderIds) {
        Map<String, Account> accounts = new HashMap<>();
        targets.get().forEach(target -> lines(target, orderIds)
                .forEach(line -> accounts.put(line.account().key(), line.account())));
        return accounts;
    }

    private List<Line> lines(Target<?, ?> target, Set<String> orderIds) {
        List<Line> lines = database.query(
                """
                select k.business_key, coalesce(p.tenant, ''), p.channel, coalesce(p.written_at, i.updated_at, c.parked_at),
                  case when p.correction is null or p.state not in ('written', 'rejected') then p.state
                    when p.state = 'written' then 'correcting' else 'correction-rejected' end,
                  p.sequence, p.event_sequence, p.replay_until, p.message_id, i.last_sequence, c.open, s.number, s.events, p.written_at
                from unnest(?) as k(business_key)
                  left join posting p on p.target = ? and p.business_key = k.business_key
                  left join inbox i on i.queue = ? and i.business_key = k.business_key
                  left join lateral (select count(*) as open, min(parked_at) as parked_at from hospital_case h
                    where h.queue = ? and h.business_key = k.business_key and h.state not in ('done', 'discarded')) c on true
                  left join lateral (select max(sequence) as number, count(*) as events from sent_message m
                    where m.destination = ? and m.business_key = k.business_key) s on true
                where p.business_key is not null or i.business_key is not null or c.open > 0""",
                row -> line(row, target.queue()),
                orderIds.toArray(String[]::new),
                target.adapter().target(),
                target.queue(),
                target.queue(),
                ErpQueues.EVENTS);
        return marked(target, discarded(target.queue(), lines));
    }

    private static Line line(ResultSet row, String queue) throws SQLException {
        String state = row.getString(5);
        Long handled = row.getObject(10, Long.class);
        List<String> faults = new ArrayList<>();
        boolean lost = state == null && handled != null && handled > 0 && row.getLong(11) == 0;
        if (lost) {
            faults.add("its row in posting is missing");
        }
        if (state != null && row.getLong(8) == 0 && (handled == null || handled < row.getLong(6))) {
            faults.add("message " + row.getLong(6) + " took effect and inbox has "
                    + (handled == null ? "no row" : "seen " + handled));
        }
        if (state != null && row.getLong(13) < row.getLong(7)) {
            faults.add("of " + row.getLong(7) + " events " + row.getLong(13) + " are in sent_message");
        }
        Account account = new Account(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                time(row, 4),
                state,
                1,
                row.getLong(7) == 0 ? Map.of() : Map.of(ErpQueues.EVENTS, row.getLong(7)),
                handled == null ? Map.of() : Map.of(queue, handled),
                row.getInt(11),
                faults);
        return new Line(account, row.getString(9), state == null ? null : time(row, 14), lost);
    }

    /** What somebody gave up counts as handled and leaves no posting. */
    private List<Line> discarded(String queue, List<Line> lines) {
        String[] suspects = lines.stream()
                .filter(Line::discardable)
                .map(line -> line.account().key())
                .toArray(String[]::new);
        if (suspects.length == 0) {
            return lines;
        }
        Set<String> discarded = new HashSet<>(database.query(
                "select business_key from hospital_case where queue = ? and business_key = any(?) and state = 'discarded'",
                row -> row.getString(1),
                queue,
                suspects));
        return lines.stream()
                .map(line ->
                        line.discardable() && discarded.contains(line.account().key())
                                ? with(line, "discarded", List.of())
                                : line)
                .toList();
    }

    /** An ERP that does not answer has its own alarm. */
    private List<Line> marked(Target<?, ?> target, List<Line> lines) {
        Instant settled = clock.instant().minus(MARKED_WITHIN);
        Set<String> wanted = new HashSet<>();
        lines.stream()
                .filter(line -> line.writtenAt() != null && line.writtenAt().isBefore(settled))
                .forEach(line -> wanted.add(line.messageId()));
        if (wanted.isEmpty() || !target.circuit().isPassable()) {
            return lines;
        }
        wanted.removeAll(target.ask(erp -> erp.marked(wanted)));
        return lines.stream()
                .map(line -> line.messageId() != null && wanted.contains(line.messageId()) ? unmarked(line) : line)
                .toList();
    }

    private static Line unmarked(Line line) {
        List<String> faults = new ArrayList<>(line.account().faults());
        faults.add("its mark in the ERP is missing (message " + line.messageId() + ")");
        return with(line, line.account().state(), faults);
    }

    private static Line with(Line line, @Nullable String state, List<String> faults) {
        Account before = line.account();
        return new Line(
                new Account(
                        before.key(),
                        before.tenant(),
                        before.channel(),
                        before.at(),
                        state,
                        before.times(),
                        before.sent(),
                        before.handled(),
                        before.parked(),
                        faults),
                line.messageId(),
                line.writtenAt(),
                line.discardable());
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
