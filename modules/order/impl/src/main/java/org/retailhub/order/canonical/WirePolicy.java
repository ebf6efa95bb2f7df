package org.retailhub.order.canonical;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

/** A fulfilment policy as it is written, over HTTP and in the database. What is left out is as without a policy. */
@Schema(name = "FulfilmentPolicy")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WirePolicy(
        @Schema(
                description = "none: straight to the ERP; reserve: stock is held first",
                enumeration = {"none", "reserve"})
        @Nullable
        String mode,

        @Schema(
                description =
                        "If there is not enough. backorder: nothing is held, it waits; split: what is there is held, it waits for the rest;"
                                + " cancel: it is refused",
                enumeration = {"backorder", "split", "cancel"})
        @Nullable
        String onShortage,

        @Schema(
                description =
                        "When an order of which only some is held goes to the ERP: with that, or when all is held",
                enumeration = {"reserved", "complete"})
        @Nullable
        String postWhen,

        @Schema(
                description = "Where goods may come from, the preferred first; none: wherever there are any",
                examples = "[\"berlin-1\"]")
        @Nullable
        List<String> locations,

        @Schema(description = "How long stock is held, as ISO 8601; 400 days at most", examples = "P90D") @Nullable
        String holdFor,

        @Schema(
                description = "How often places are looked for anew after somebody else was faster; 0 to 20",
                examples = "5")
        @Nullable
        Integer attempts,

        @Schema(description = "Who sells, as the ERP calls it; rules of tax ask for it", examples = "ACME-DE") @Nullable
        String legalEntity,

        @Schema(description = "Whether the channel is a marketplace that collects the tax itself", examples = "false")
        @Nullable
        Boolean marketplaceFacilitator,

        @Schema(description = "Whether each change is told on order.events") @Nullable
        Boolean events,

        @Schema(
                description = "How long an order may stand in a state, by its name, as ISO 8601",
                examples = "{\"sourcing\":\"PT5M\"}")
        @Nullable
        Map<String, String> allowed) {

    /** For the API document. */
    public static final String EXAMPLE =
            "{\"mode\":\"reserve\",\"onShortage\":\"backorder\",\"postWhen\":\"complete\",\"locations\":[\"berlin-1\",\"hamburg-2\"],"
                    + "\"holdFor\":\"P90D\",\"attempts\":5,\"events\":true,\"allowed\":{\"sourcing\":\"PT5M\",\"backordered\":\"P14D\"}}";

    private static final Duration LONGEST_HOLD = Duration.ofDays(400);
    private static final Duration LONGEST_STEP = Duration.ofDays(366);
    private static final int MOST_CHANNEL = 64;
    private static final int MOST_LOCATIONS = 200;
    private static final int MOST_ATTEMPTS = 20;
    private static final Pattern LOCATION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @throws RetailException {@link OrderError#INVALID_POLICY} with all faults */
    public FulfilmentPolicy checked(long version, String channel) {
        Faults faults = new Faults();
        faults.key("", "channel", channel, MOST_CHANNEL);
        FulfilmentPolicy none = FulfilmentPolicy.NONE;
        FulfilmentPolicy.Mode checkedMode =
                word(faults, "mode", mode, FulfilmentPolicy.Mode.values(), FulfilmentPolicy.Mode::wire, none.mode());
        FulfilmentPolicy.OnShortage checkedShortage = word(
                faults,
                "onShortage",
                onShortage,
                FulfilmentPolicy.OnShortage.values(),
                FulfilmentPolicy.OnShortage::wire,
                none.onShortage());
        FulfilmentPolicy.PostWhen checkedWhen = word(
                faults,
                "postWhen",
                postWhen,
                FulfilmentPolicy.PostWhen.values(),
                FulfilmentPolicy.PostWhen::wire,
                none.postWhen());
        List<String> places = checkedLocations(faults);
        Duration hold = duration(faults, "holdFor", holdFor, LONGEST_HOLD, none.holdFor());
        int tries = attempts == null ? none.attempts() : attempts;
        if (tries < 0 || tries > MOST_ATTEMPTS) {
            faults.add("", "attempts", "must be 0 to " + MOST_ATTEMPTS);
        }
        Map<OrderStatus, Duration> clocks = clocks(faults);
        String entity = faults.optional("", "legalEntity", legalEntity, MOST_CHANNEL);
        if (!faults.none()) {
            RetailException.Violation first = faults.violations().get(0);
            throw new RetailException(
                    OrderError.INVALID_POLICY, first.field() + " " + first.message(), faults.violations(), null);
        }
        return new FulfilmentPolicy(
                version,
                checkedMode,
                checkedShortage,
                checkedWhen,
                places,
                hold,
                tries,
                entity,
                Boolean.TRUE.equals(marketplaceFacilitator),
                Boolean.TRUE.equals(events),
                clocks);
    }

    private static <T> T word(
            Faults faults, String field, @Nullable String text, T[] words, Function<T, String> wire, T absent) {
        if (text == null) {
            return absent;
        }
        List<String> known = new ArrayList<>();
        for (T each : words) {
            if (wire.apply(each).equals(text)) {
                return each;
            }
            known.add(wire.apply(each));
        }
        faults.add("", field, "must be one of " + String.join(", ", known));
        return absent;
    }

    private List<String> checkedLocations(Faults faults) {
        List<String> all = locations == null ? List.of() : locations;
        List<String> places = new ArrayList<>();
        if (all.size() > MOST_LOCATIONS) {
            faults.add("", "locations", "has more than " + MOST_LOCATIONS);
            return places;
        }
        for (int i = 0; i < all.size(); i++) {
            String place = all.get(i);
            if (place == null || !LOCATION.matcher(place).matches()) {
                faults.add(
                        "", "locations[" + i + "]", "must be 1 to 64 letters, digits, '.', '_' or '-', a letter first");
            } else if (!places.contains(place)) {
                places.add(place);
            }
        }
        return places;
    }

    private Map<OrderStatus, Duration> clocks(Faults faults) {
        Map<OrderStatus, Duration> clocks = new EnumMap<>(OrderStatus.class);
        Map<String, String> all = allowed == null ? Map.of() : allowed;
        new TreeMap<>(all).forEach((name, text) -> {
            String field = "allowed." + name;
            try {
                OrderStatus status = OrderStatus.of(name);
                if (status.waitsFor().isEmpty()) {
                    faults.add("", field, "waits for nothing");
                } else if (text == null) {
                    faults.add("", field, "is required");
                } else {
                    clocks.put(status, duration(faults, field, text, LONGEST_STEP, Duration.ofDays(1)));
                }
            } catch (IllegalArgumentException e) {
                faults.add("", field, String.valueOf(e.getMessage()));
            }
        });
        return clocks;
    }

    private static Duration duration(
            Faults faults, String field, @Nullable String text, Duration longest, Duration absent) {
        if (text == null) {
            return absent;
        }
        try {
            Duration read = Duration.parse(text);
            if (read.compareTo(Duration.ofSeconds(1)) >= 0 && read.compareTo(longest) <= 0) {
                return read;
            }
            faults.add("", field, "must be between PT1S and P" + longest.toDays() + "D");
        } catch (DateTimeException e) {
            faults.add("", field, "must be a duration such as P2D or PT30M");
        }
        return absent;
    }

    /** The whole of it, with what holds where nothing was said. */
    public static WirePolicy of(FulfilmentPolicy policy) {
        Map<String, String> clocks = new TreeMap<>();
        policy.allowed().forEach((status, time) -> clocks.put(status.wire(), text(time)));
        return new WirePolicy(
                policy.mode().wire(),
                policy.onShortage().wire(),
                policy.postWhen().wire(),
                policy.locations(),
                text(policy.holdFor()),
                policy.attempts(),
                policy.legalEntity(),
                policy.facilitator(),
                policy.events(),
                clocks);
    }

    /** Days as days: people count so. */
    private static String text(Duration time) {
        return time.equals(Duration.ofDays(time.toDays())) ? "P" + time.toDays() + "D" : time.toString();
    }

    /** As it is kept. */
    public static String write(FulfilmentPolicy policy) {
        try {
            return StrictJson.mapper().writeValueAsString(of(policy));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a policy of ours cannot be written", e);
        }
    }

    /** What was kept, also by an older or newer release. */
    public static FulfilmentPolicy read(String document, long version, String channel) {
        return StrictJson.readMessage(document, WirePolicy.class).checked(version, channel);
    }
}
