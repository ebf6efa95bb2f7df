package org.retailhub.channel.domain;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a connector with {@link Capability#ASKING} adds: how its channel is asked, and what the answers mean. Pure as well: others do the
 * asking.
 */
public interface Asking {
    /**
     * A GET.
     *
     * @param secretHeader the header that takes the connection's {@code api} secret
     */
    record Question(URI uri, String secretHeader) {}

    /** A document in an answer, byte by byte as it is there; key and version are null where they cannot be read. */
    record Found(@Nullable String document, @Nullable Instant version, String topic, byte[] body) {}

    /** What the channel answered. */
    sealed interface Answer {
        /** @param next for the following page; null on the last one */
        record Page(List<Found> found, @Nullable Question next) implements Answer {
            public Page {
                found = List.copyOf(found);
            }
        }

        /** Ask again after this time. */
        record Busy(Duration retryAfter) implements Answer {}

        /** The document is not there, and will not be. */
        record Gone() implements Answer {}

        /** Ask again later; somebody may have to act. */
        record Failed(String why) implements Answer {}
    }

    /** All documents changed at the time or later, the one changed longest ago first. */
    Question changedSince(Connection connection, Instant since);

    /** The same with fewer documents in an answer; null if there cannot be fewer. */
    @Nullable
    Question smaller(Question question);

    /** One document by its key. */
    Question one(Connection connection, String document);

    /** Never throws for anything that the answer may be. */
    Answer read(Connection connection, int status, UnaryOperator<@Nullable String> header, byte[] body);
}
