package org.retailhub.channel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retailhub.channel.api.ChannelQueues;
import org.retailhub.platform.kernel.Insight.Account;
import org.retailhub.platform.kernel.Insight.Received;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What the rows of this module say of each payload, counted apart: the payload, what was decided, its message, the log of its way, and
 * its document. A row that somebody took away is missed by the others.
 */
public final class PayloadAccounts {
    private final Database database;

    PayloadAccounts(Database database) {
        this.database = database;
    }

    /** Their ids carry the time: the payloads, and the log of those that were received. */
    List<Received> received(Instant from, Instant to, int limit) {
        String first = Ulid.prefixOf(from);
        String end = Ulid.prefixOf(to);
        return database.query(
                """
                (select payload_id from payload where payload_id >= ? and payload_id < ? order by 1 desc limit ?)
                union
                (select business_key from trace_hop where business_key >= ? and business_key < ? and hop = 'received'
                  order by 1 desc limit ?)
                order by 1 desc limit ?""",
                row -> new Received(row.getString(1), Ulid.timeOf(row.getString(1))),
                first,
                end,
                limit,
                first,
                end,
                limit,
                limit);
    }

    Map<String, Account> of(Set<String> payloadIds) {
        Map<String, Account> accounts = new HashMap<>();
        database.query(
                """
                select k.payload_id, coalesce(p.tenant, h.tenant, s.tenant), n.channel,
                  coalesce(p.received_at, h.hopped_at, s.sent_at), p.deliveries, f.fate, f.document, s.sequence, h.hopped_at, i.last_sequence,
                  (select count(*) from hospital_case c where c.queue = ? and c.business_key = k.payload_id
                    and c.state not in ('done', 'discarded')),
                  d.command_sequence,
                  exists (select from hospital_case c where i.last_sequence > 0 and f.fate is null and c.queue = ?
                    and c.business_key = k.payload_id and c.state = 'discarded'),
                  exists (select from unannounced u where u.payload_id = k.payload_id)
                from unnest(?) as k(payload_id) left join payload p using (payload_id)
                  left join connection n on n.code = p.connection
                  left join payload_fate f on f.payload_id = k.payload_id
                  left join document d on d.connection = p.connection and d.document = f.document
                  left join sent_message s on s.destination = ? and s.business_key = k.payload_id and s.sequence = 1
                  left join lateral (select tenant, hopped_at from trace_hop t
                    where t.business_key = k.payload_id and t.hop = 'received' limit 1) h on true
                  left join inbox i on i.queue = ? and i.business_key = k.payload_id
                where p.payload_id is not null or h.hopped_at is not null or s.sequence is not null""",
                row -> {
                    Account account = account(row);
                    return accounts.put(account.key(), account);
                },
                ChannelQueues.INBOUND,
                ChannelQueues.INBOUND,
                payloadIds.toArray(String[]::new),
                ChannelQueues.INBOUND,
                ChannelQueues.INBOUND);
        return accounts;
    }

    private static Account account(ResultSet row) throws SQLException {
        String fate = row.getString(6);
        Long handled = row.getObject(10, Long.class);
        boolean discarded = row.getBoolean(13);
        List<String> faults = new ArrayList<>();
        if (row.getObject(5) == null) {
            faults.add("its row in payload is missing");
        }
        // One that was stored while the broker did not answer has none yet.
        if (row.getObject(8) == null && !row.getBoolean(14)) {
            faults.add("its message is missing in sent_message");
        }
        if (row.getObject(9) == null) {
            faults.add("its reception is missing in trace_hop");
        }
        if (fate == null && handled != null && handled > 0 && !discarded && row.getLong(11) == 0) {
            faults.add("its row in payload_fate is missing");
        }
        if (fate != null && (handled == null || handled < 1)) {
            faults.add("it was decided and inbox has no row of it");
        }
        if ("told".equals(fate) && row.getString(7).startsWith("order/") && row.getObject(12) == null) {
            faults.add("the row of its document " + row.getString(7) + " is missing in document");
        }
        return new Account(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                discarded ? "discarded" : fate,
                Math.max(1, row.getInt(5)),
                row.getObject(8) == null ? Map.of() : Map.of(ChannelQueues.INBOUND, row.getLong(8)),
                handled == null ? Map.of() : Map.of(ChannelQueues.INBOUND, handled),
                row.getInt(11),
                faults);
    }
}
