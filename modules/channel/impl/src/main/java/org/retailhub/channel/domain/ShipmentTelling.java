package org.retailhub.channel.domain;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.domain.StockTelling.Call;
import org.retailhub.platform.kernel.ErrorCode;

/**
 * What a connector with {@link Capability#SHIPMENTS} adds: how its channel is told what has left of an order. A talk of questions and answers that
 * begins with what the channel knows already, whatever was told before: what it has is not told again, so a talk may be broken off and begun anew
 * anywhere. Pure as well: others do the calling.
 */
public interface ShipmentTelling {
    /**
     * @param location where it left, as the channel calls it; null if it has no name there
     * @param carrier as people call it; null if nobody said
     * @param trackingUrls one for each number, or none at all
     */
    record Shipment(
            String channelOrderId,
            String shipmentNumber,
            @Nullable String location,
            @Nullable String carrier,
            List<String> trackingNumbers,
            List<String> trackingUrls,
            List<Line> lines) {
        public Shipment {
            trackingNumbers = List.copyOf(trackingNumbers);
            trackingUrls = List.copyOf(trackingUrls);
            lines = List.copyOf(lines);
        }
    }

    /** @param quantity in units; of more than nothing */
    record Line(String lineId, BigDecimal quantity) {}

    /** What came back. */
    record Answer(int status, UnaryOperator<@Nullable String> header, byte[] body) {}

    /** How a talk goes on. */
    sealed interface Next {
        /** Changes nothing there. Never throws for anything that the answer may be. */
        record Ask(Call call, Function<Answer, Next> then) implements Next {}

        /** Changes something there: without an answer nobody knows whether. Never throws for anything that the answer may be. */
        record Tell(Call call, Function<Answer, Next> then) implements Next {}

        /** @param name the channel's own of what it has made of what it was told */
        record Told(String name, Next then) implements Next {}

        /** The channel has all of it. @param names its own, of what was there before this talk */
        record Done(Set<String> names) implements Next {
            public Done {
                names = Set.copyOf(names);
            }
        }

        /** What was told last was not taken, and trying again helps nothing: somebody has to act. */
        record Refused(ErrorCode code, String why) implements Next {}

        /** Not now; what was told last was not taken. */
        record Busy(Duration retryAfter) implements Next {}

        /** None at all, such as for a wrong secret; what was told last was not taken. */
        record Failed(String why) implements Next {}

        /** What was told last may have been taken. */
        record Unclear(String why) implements Next {}
    }

    StockTelling.Terms terms();

    /** @param others names of what the channel was told of the order's other shipments */
    Next begin(Connection connection, Shipment shipment, Set<String> others);

    /** How many calls more the channel says it takes now; empty if it does not say. */
    OptionalInt callsLeft(Answer answer);
}
