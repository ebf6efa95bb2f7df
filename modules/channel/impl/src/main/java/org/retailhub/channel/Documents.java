package org.retailhub.channel;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.retailhub.channel.domain.DocumentKey;
import org.retailhub.channel.domain.DocumentState;
import org.retailhub.channel.domain.Ledger;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What was told of each document. In the caller's transaction; rows are locked in the order of their keys. A document that nobody has seen
 * has no row to lock: one drain at a time works on payloads (its queue's lease), so that two never see one first.
 */
public final class Documents {
    private final Database database;

    Documents(Database database) {
        this.database = database;
    }

    /** Locks those that are there; a new one is answered as a document of which nothing was told. */
    public Map<DocumentKey, DocumentState> lock(Collection<DocumentKey> keys) {
        Map<DocumentKey, DocumentState> states = new HashMap<>();
        if (keys.isEmpty()) {
            return states;
        }
        List<DocumentKey> sorted = new ArrayList<>(keys);
        sorted.sort((a, b) -> (a.connection() + '\n' + a.document()).compareTo(b.connection() + '\n' + b.document()));
        String[] connections = sorted.stream().map(DocumentKey::connection).toArray(String[]::new);
        String[] documents = sorted.stream().map(DocumentKey::document).toArray(String[]::new);
        sorted.forEach(key -> states.put(key, DocumentState.unseen(key)));
        database.query(
                """
                select d.connection, d.document, source_version, content, content_hash, cancelled, command_sequence, event_sequence
                from document d join unnest(?, ?) as k(connection, document) using (connection, document)
                order by d.connection, d.document for update of d""",
                row -> {
                    OffsetDateTime version = row.getObject(3, OffsetDateTime.class);
                    DocumentKey key = new DocumentKey(row.getString(1), row.getString(2));
                    return states.put(
                            key,
                            new DocumentState(
                                    key,
                                    version == null ? null : version.toInstant(),
                                    row.getString(4),
                                    row.getBytes(5),
                                    row.getBoolean(6),
                                    row.getLong(7),
                                    row.getLong(8)));
                },
                connections,
                documents);
        return states;
    }

    /** Versions of those documents that are known, without locking them. */
    Map<String, Instant> versions(String connection, Collection<String> documents) {
        Map<String, Instant> versions = new HashMap<>();
        database.query(
                """
                select document, source_version from document
                where connection = ? and document = any(?) and source_version is not null""",
                row -> versions.put(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()),
                connection,
                documents.toArray(String[]::new));
        return versions;
    }

    /** Content hashes of the refunds that were told, by {@link Ledger#refundKey}. */
    public Map<String, byte[]> refunds(Collection<Ledger.Refund> asked) {
        Map<String, byte[]> told = new HashMap<>();
        if (!asked.isEmpty()) {
            database.query(
                    """
                    select r.connection, r.refund_id, r.content_hash
                    from refund r join unnest(?, ?) as k(connection, refund_id) using (connection, refund_id)""",
                    row -> told.put(Ledger.refundKey(row.getString(1), row.getString(2)), row.getBytes(3)),
                    asked.stream().map(Ledger.Refund::connection).toArray(String[]::new),
                    asked.stream().map(Ledger.Refund::refundId).toArray(String[]::new));
        }
        return told;
    }

    public void store(List<DocumentState> states, List<Ledger.Refund> refunds, Instant now) {
        if (!states.isEmpty()) {
            database.update(
                    """
                    insert into document (updated_at, connection, document, source_version, content, content_hash, cancelled,
                      command_sequence, event_sequence)
                    select ?, * from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (connection, document) do update set source_version = excluded.source_version,
                      content = excluded.content, content_hash = excluded.content_hash, cancelled = excluded.cancelled,
                      command_sequence = excluded.command_sequence, event_sequence = excluded.event_sequence,
                      updated_at = excluded.updated_at""",
                    now,
                    states.stream().map(each -> each.key().connection()).toArray(String[]::new),
                    states.stream().map(each -> each.key().document()).toArray(String[]::new),
                    states.stream().map(DocumentState::version).toArray(Instant[]::new),
                    states.stream().map(DocumentState::content).toArray(String[]::new),
                    states.stream().map(DocumentState::contentHash).toArray(byte[][]::new),
                    states.stream().map(DocumentState::cancelled).toArray(Boolean[]::new),
                    states.stream().map(DocumentState::commandSequence).toArray(Long[]::new),
                    states.stream().map(DocumentState::eventSequence).toArray(Long[]::new));
        }
        if (!refunds.isEmpty()) {
            database.update(
                    """
                    insert into refund (told_at, connection, refund_id, document, content_hash)
                    select ?, * from unnest(?, ?, ?, ?)""",
                    now,
                    refunds.stream().map(Ledger.Refund::connection).toArray(String[]::new),
                    refunds.stream().map(Ledger.Refund::refundId).toArray(String[]::new),
                    refunds.stream().map(Ledger.Refund::document).toArray(String[]::new),
                    refunds.stream().map(Ledger.Refund::contentHash).toArray(byte[][]::new));
        }
    }
}
