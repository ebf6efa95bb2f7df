package org.retailhub.platform.kernel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a module tells of its own rows to whoever puts the whole picture together. Each module that orders pass through has one such
 * bean; it reads its own schema, outside the caller's transaction, and keeps nothing.
 *
 * <p>It answers for all tenants and hides nothing: who asks shows nobody what is not theirs.
 */
public interface Insight {
    /** Where the bean is found from any WAR of the EAR: {@code "java:app/<module>/" + BEAN}. */
    String BEAN = "InsightBean!org.retailhub.platform.kernel.Insight";

    /**
     * Something that has steps in a module: a payload, an order, a posting.
     *
     * @param key its business key in this module
     * @param channel null if the module does not know it
     * @param state in one word, null if the module keeps none
     * @param names by which this module, or another one, knows it too
     */
    record Subject(
            String key,
            String tenant,
            @Nullable String channel,
            @Nullable String state,
            Set<String> names) {
        public Subject {
            Objects.requireNonNull(key);
            Objects.requireNonNull(tenant);
            names = Set.copyOf(names);
        }
    }

    /** What was carried: text as it came or as it was sent. */
    record Payload(String mediaType, String text) {}

    /**
     * One thing that happened to a key.
     *
     * @param what short verb, such as {@code received} or {@code parked}
     * @param detail for people
     * @param messageId the message handled or sent, or empty
     * @param traceparent null if the row does not say
     * @param payload null if nothing was carried
     */
    record Step(
            Instant at,
            String key,
            String what,
            String detail,
            String messageId,
            @Nullable String traceparent,
            @Nullable Payload payload) {}

    /** What a module knows by some names. @param complete false if there is more than it lists */
    record Story(List<Subject> subjects, List<Step> steps, boolean complete) {
        public Story {
            subjects = List.copyOf(subjects);
            steps = List.copyOf(steps);
        }
    }

    /**
     * What this module knows by any of these names: business keys, numbers of the channel or of the ERP, ids of messages, deliveries,
     * cases, traces. Unknown names are left out.
     */
    Story story(Set<String> names);

    /** Something that came in at a door of this module. */
    record Received(String key, Instant at) {}

    /**
     * What a module's own rows say of one key. Numbers are of messages: a key's are gapless from 1, so the highest one counts them.
     *
     * @param channel null if the module does not know it
     * @param at when it came in here
     * @param state what became of it, as far as this module knows; null if it knows nothing
     * @param times how often it came
     * @param sent by destination, the highest number in the log of what was sent
     * @param handled by queue, the highest number handled
     * @param parked how many of its messages wait for somebody or something
     * @param faults rows that must be there and are not, or contradict each other
     */
    record Account(
            String key,
            String tenant,
            @Nullable String channel,
            Instant at,
            @Nullable String state,
            int times,
            Map<String, Long> sent,
            Map<String, Long> handled,
            int parked,
            List<String> faults) {
        public Account {
            sent = Map.copyOf(sent);
            handled = Map.copyOf(handled);
            faults = List.copyOf(faults);
        }
    }

    /** A message number that has not come, though a later one of its key has, or its sender has counted it. */
    record Missing(String queue, String key, long number, Instant since) {}

    /**
     * Keys of what came in at this module's door in a time, newest first, each told by any row that knows of it. A module without a door
     * has none.
     */
    List<Received> received(Instant from, Instant to, int limit);

    /** What the rows say of these keys; keys that no row knows are left out. */
    Map<String, Account> accounts(Set<String> keys);

    /** Message numbers that this module waits for. */
    List<Missing> missing();

    /**
     * How far this module is with a queue that it drains: the highest number handled of each of these keys; those of which none was are left
     * out. Empty if the module does not say.
     */
    default Optional<Map<String, Long>> handled(String queue, Set<String> keys) {
        return Optional.empty();
    }

    /**
     * Something to watch: how many of a kind there are now.
     *
     * @param kind one of the constants here
     * @param subject what it is about, such as an ERP's name; empty if the module as a whole
     * @param since of the oldest; null if there is none
     * @param detail for people
     */
    record Signal(
            String kind,
            String subject,
            long count,
            @Nullable Instant since,
            String detail) {
        /** Cases that wait for a person. */
        public static final String PARKED = "parked-cases";

        /** Cases that wait for something, or behind another. */
        public static final String WAITING = "waiting-cases";

        /** Branches prepared for longer than recovery takes. */
        public static final String PREPARED = "prepared-branches";

        /** 1 while an outside system does not answer. */
        public static final String CIRCUIT_OPEN = "circuit-open";

        /** Postings in an ERP's tables without a verdict. */
        public static final String WRITTEN = "written-postings";

        /** Orders of a channel that stand longer in a state than its policy allows. */
        public static final String LATE_ORDERS = "late-orders";

        /** Orders of a channel of whose time four fifths are over. */
        public static final String NEARLY_LATE_ORDERS = "nearly-late-orders";

        /** Shipments of a channel's orders that were more than ordered, and that nobody has looked at. */
        public static final String OVER_SHIPPED = "over-shipped";

        /** Shipments of a channel's orders that the ERP cannot be told of, since it has not acknowledged the orders. */
        public static final String SHIPPED_UNACKNOWLEDGED = "shipped-unacknowledged";

        /** What a connection's channel is to show and does not yet. */
        public static final String STOCK_DUE = "stock-due";

        /** What a channel has no name for that we know, or nobody knows the stock of. */
        public static final String STOCK_UNMAPPED = "stock-unmapped";

        /** What a channel refuses to show. */
        public static final String STOCK_REFUSED = "stock-refused";

        /** Shipments that a connection's channel is to be told of and is not yet; what waits behind a case is not among them. */
        public static final String SHIPMENTS_DUE = "shipments-due";

        /** Postings that an ERP refused. */
        public static final String REJECTED = "rejected-postings";

        /** 1 for each source of stock that has not spoken for longer than it should. */
        public static final String FEED_SILENT = "silent-feed";

        /** Of each kind of an ERP's masters since when it was not looked for changes; 1 if that is too long ago. */
        public static final String MASTERS_OLD = "old-masters";
    }

    /**
     * One row of a key's way through this module.
     *
     * @param door whether the key came into the hub by it
     */
    record Hop(Instant at, String key, String tenant, String what, String detail, String messageId, boolean door) {}

    /** Hops of a time, oldest first. */
    List<Hop> hops(Instant from, Instant to, int limit);

    /** The W3C trace context of the request by which each key first came, as far as this module knows it. */
    Map<String, String> traceparents(Set<String> keys);

    /** The state of this module's part now; also shows that it answers. */
    List<Signal> signals();
}
