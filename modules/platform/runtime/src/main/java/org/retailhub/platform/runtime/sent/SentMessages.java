package org.retailhub.platform.runtime.sent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Sends messages of the sent log once more, under their old ids and numbers: for those that were lost, moved or removed on their way.
 * Consumers drop what they have handled. A body is sent only if it has the hash that was logged.
 */
public final class SentMessages {
    private static final int PAGE = 500;

    /** Which message. */
    @Schema(name = "MessageKey")
    public record Key(String destination, String businessKey, long sequence) {}

    /** What became of one; {@code problem} is null if it was sent. */
    public record Result(Key key, @Nullable RetailException problem) {
        public boolean sent() {
            return problem == null;
        }
    }

    /** @param failed those that could not be made again, a thousand at most */
    public record Sweep(long sent, List<Result> failed) {}

    private record Entry(
            Key key,
            Envelope withoutBody,
            byte[] bodyHash,
            @Nullable String keptBody) {}

    private final Database database;
    private final MessageSender sender;
    private final Bodies bodies;
    private final Transactions transactions;
    private final Trace trace;

    public SentMessages(
            Database database, MessageSender sender, Bodies bodies, Transactions transactions, Trace trace) {
        this.database = database;
        this.sender = sender;
        this.bodies = bodies;
        this.transactions = transactions;
        this.trace = trace;
    }

    /** Each key stands for itself; those that can be sent go in one transaction of their own. */
    public List<Result> resend(List<Key> keys, String actor) {
        return transactions.call(() -> again(keys, actor));
    }

    /** As {@link #resend}, in the caller's transaction. */
    public List<Result> again(List<Key> keys, String actor) {
        Map<Key, Entry> entries = find(keys);
        Map<Key, String> made = bodies.of(entries.values().stream()
                .filter(entry -> entry.keptBody() == null)
                .map(Entry::key)
                .toList());
        List<Result> results = new ArrayList<>();
        List<OutboundMessage> messages = new ArrayList<>();
        List<Trace.Hop> hops = new ArrayList<>();
        for (Key key : keys) {
            Entry entry = entries.get(key);
            String kept = entry == null ? null : entry.keptBody();
            String body = kept == null ? made.get(key) : kept;
            RetailException problem = problem(key, entry, body);
            results.add(new Result(key, problem));
            if (problem == null && entry != null && body != null) {
                Envelope message = entry.withoutBody();
                messages.add(new OutboundMessage(key.destination(), withBody(message, body), false));
                hops.add(new Trace.Hop(
                        message.businessKey(),
                        message.tenant(),
                        "sent-again",
                        message.messageId(),
                        "number " + key.sequence() + " to " + key.destination() + " by " + actor));
            }
        }
        trace.record(hops);
        sender.sendAgain(messages);
        return results;
    }

    /** All that was sent at that time or later, key by key in sequence, a page per transaction. */
    public Sweep resendSince(Instant since, String actor) {
        long sent = 0;
        List<Result> failed = new ArrayList<>();
        List<Key> page = List.of();
        do {
            page = since(since, page.isEmpty() ? new Key("", "", 0) : page.get(page.size() - 1));
            for (Result result : page.isEmpty() ? List.<Result>of() : resend(page, actor)) {
                if (result.sent()) {
                    sent++;
                } else if (failed.size() < 1_000) {
                    failed.add(result);
                }
            }
        } while (page.size() == PAGE);
        return new Sweep(sent, failed);
    }

    private List<Key> since(Instant since, Key after) {
        return database.query(
                """
                select destination, business_key, sequence from sent_message
                where sent_at >= ? and (destination, business_key, sequence) > (?, ?, ?)
                order by destination, business_key, sequence limit ?""", SentMessages::key, since, after.destination(), after.businessKey(), after.sequence(), PAGE);
    }

    private Map<Key, Entry> find(List<Key> keys) {
        Map<Key, Entry> entries = new LinkedHashMap<>();
        database.query(
                """
                select destination, business_key, sequence, message_id, type, tenant, traceparent, caused_by, channel, body_hash, body
                from sent_message join unnest(?, ?, ?) as k(destination, business_key, sequence)
                  using (destination, business_key, sequence)""",
                row -> {
                    Entry entry = entry(row);
                    return entries.put(entry.key(), entry);
                },
                keys.stream().map(Key::destination).toArray(String[]::new),
                keys.stream().map(Key::businessKey).toArray(String[]::new),
                keys.stream().map(Key::sequence).toArray(Long[]::new));
        return entries;
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(row.getString("destination"), row.getString("business_key"), row.getLong("sequence"));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Key key = key(row);
        Envelope message = new Envelope(
                row.getString("message_id"),
                row.getString("type"),
                row.getString("tenant"),
                key.businessKey(),
                key.sequence(),
                row.getString("traceparent"),
                row.getString("caused_by"),
                row.getString("channel"),
                "");
        return new Entry(key, message, row.getBytes("body_hash"), row.getString("body"));
    }

    private static @Nullable RetailException problem(Key key, @Nullable Entry entry, @Nullable String body) {
        String name = "number " + key.sequence() + " of " + key.businessKey() + " to " + key.destination();
        if (entry == null) {
            return new RetailException(RuntimeError.NO_SUCH_MESSAGE, name);
        }
        if (body == null) {
            return new RetailException(RuntimeError.BODY_LOST, name + ": the state that it was made from is gone");
        }
        if (!Arrays.equals(MessageSender.sha256(body), entry.bodyHash())) {
            return new RetailException(RuntimeError.BODY_LOST, name + " has another hash");
        }
        return null;
    }

    private static Envelope withBody(Envelope message, String body) {
        return new Envelope(
                message.messageId(),
                message.type(),
                message.tenant(),
                message.businessKey(),
                message.sequence(),
                message.traceparent(),
                message.causedBy(),
                message.channel(),
                body);
    }
}
