package org.retailhub.channel.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.StockBoard;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.RuntimeError;

/** What a channel is to show of a SKU at a place. */
@Schema(name = "StockPublication")
@JsonInclude(JsonInclude.Include.NON_NULL)
record StockPublicationView(
        String sku,

        @Schema(description = "Absent: all that the channel sells from, as one place", examples = "berlin-1") @Nullable
        String location,

        @Schema(enumeration = {"due", "sending", "sent", "unknown", "failed"})
        String state,

        @Schema(
                description = "What it cannot be sent without",
                enumeration = {"item", "location", "stock"})
        @Nullable
        String waitsFor,

        @Schema(description = "What the channel calls the SKU", examples = "808950810") @Nullable
        String channelItem,

        @Schema(description = "What the channel calls the place", examples = "905684977") @Nullable
        String channelLocation,

        @Schema(description = "Number of the newest movement heard of", examples = "17")
        long movement,

        @Schema(description = "What the channel confirmed last", examples = "37") @Nullable
        String sentValue,

        @Nullable Instant sentAt,

        @Schema(description = "Since when the channel lacks the newest; absent: it has it") @Nullable
        Instant dueSince,

        @Schema(description = "Not sent, or asked for, before then") @Nullable
        Instant dueAt,

        @Schema(description = "Since the newest was confirmed last")
        int attempts,

        @Nullable String reason) {

    /** @param next give it as {@code after} for the next page; absent on the last */
    @Schema(name = "StockPublicationPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(
            @Schema(description = "How many are in each state", examples = "{\"sent\":48,\"due\":2}")
            Map<String, Long> counts,

            @Schema(description = "Since when the channel lacks what it lacks longest") @Nullable
            Instant dueSince,

            @Schema(description = "Why the channel is not told anything at present") @Nullable
            String lastError,

            List<StockPublicationView> items,
            @Nullable String next) {}

    static StockPublicationView of(StockBoard.Entry entry) {
        return new StockPublicationView(
                entry.place().sku(),
                entry.place().location().isEmpty() ? null : entry.place().location(),
                entry.state().wire(),
                entry.waitsFor(),
                entry.channelItem(),
                entry.channelLocation(),
                entry.movement(),
                text(entry.sentValue()),
                entry.sentAt(),
                entry.dueSince(),
                entry.dueSince() == null ? null : entry.dueAt(),
                entry.attempts(),
                entry.reason());
    }

    private static @Nullable String text(@Nullable BigDecimal value) {
        return value == null ? null : value.toPlainString();
    }

    /** @param found one more than fits if there are more */
    static Page page(List<StockBoard.Entry> found, int most, StockBoard.Summary summary) {
        List<StockPublicationView> items =
                found.stream().limit(most).map(StockPublicationView::of).toList();
        return new Page(
                summary.counts(),
                summary.dueSince(),
                summary.lastError(),
                items,
                found.size() > most ? cursor(found.get(most - 1).place()) : null);
    }

    private static String cursor(StockBoard.Place place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((place.sku() + '\n' + place.location()).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws RetailException {@link RuntimeError#INVALID_PARAMETER} if it is none of ours */
    static StockBoard.@Nullable Place cursor(@Nullable String after) {
        if (after == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
            int end = text.indexOf('\n');
            if (end >= 0 && text.indexOf('\0') < 0) {
                return new StockBoard.Place(text.substring(0, end), text.substring(end + 1));
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new RetailException(
                RuntimeError.INVALID_PARAMETER,
                "after: none of ours",
                List.of(new Violation("after", "give the next of the page before")),
                null);
    }
}
