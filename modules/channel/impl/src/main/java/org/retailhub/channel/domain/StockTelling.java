package org.retailhub.channel.domain;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a connector with {@link Capability#STOCK} adds: how its channel is told what it may show, and what the answers mean. Values are absolute,
 * so that telling one again changes nothing. Pure as well: others do the calling.
 */
public interface StockTelling {
    /**
     * How often the channel may be called.
     *
     * @param burst at once
     * @param perSecond in the long run
     */
    record Terms(int burst, int perSecond) {}

    /** An item at a place, both as the channel calls them. */
    record Level(String item, String location) {}

    /** A POST. @param secretHeader the header that takes the connection's {@code api} secret */
    record Call(URI uri, String secretHeader, byte[] body) {}

    /** What the channel answered to a value. */
    sealed interface Told {
        /** It shows the value. */
        record Taken() implements Told {}

        /** This one not, and trying again helps nothing: somebody has to act. */
        record Refused(String why) implements Told {}

        /** None for this time; this one was not taken. */
        record Busy(Duration retryAfter) implements Told {}

        /** None at all, such as for a wrong secret; this one was not taken. */
        record Failed(String why) implements Told {}

        /** It may have been taken. */
        record Unclear(String why) implements Told {}
    }

    /** What the channel answered to the question what it shows. */
    sealed interface Shown {
        /** Those that it knows. */
        record Levels(Map<Level, BigDecimal> levels) implements Shown {
            public Levels {
                levels = Map.copyOf(levels);
            }
        }

        record Busy(Duration retryAfter) implements Shown {}

        record Failed(String why) implements Shown {}
    }

    Terms terms();

    /** @return whether the channel may call an item so */
    boolean isItem(String item);

    /** @return whether the channel may call a place so */
    boolean isLocation(String location);

    /** What the channel can show of this: never more. */
    BigDecimal showable(BigDecimal available);

    Call set(Connection connection, Level level, BigDecimal value);

    /** Never throws for anything that the answer may be. */
    Told read(Level level, BigDecimal value, int status, UnaryOperator<@Nullable String> header, byte[] body);

    /** How many levels may be asked for at once. */
    int mostLevels();

    Asking.Question levels(Connection connection, List<Level> levels);

    /** Never throws for anything that the answer may be. */
    Shown readLevels(int status, UnaryOperator<@Nullable String> header, byte[] body);

    /** How many calls more the channel says it takes now; empty if it does not say. */
    OptionalInt callsLeft(UnaryOperator<@Nullable String> header);
}
