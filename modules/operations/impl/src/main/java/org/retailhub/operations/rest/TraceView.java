package org.retailhub.operations.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.operations.domain.Mask;
import org.retailhub.operations.domain.Story;
import org.retailhub.platform.kernel.Insight;

/** A story as a caller may read it. */
@Schema(
        name = "Trace",
        description = "All that is known under one name, from the channel's delivery to the ERP's document")
public record TraceView(
        @Schema(examples = "1001") String name,

        @Schema(description = "What each module calls it, and where it stands there")
        List<Place> places,

        @Schema(description = "W3C trace ids of the requests that it came by")
        Set<String> traceIds,

        @Schema(description = "Oldest first") List<Step> steps,

        @Schema(description = "Whether values were taken out: who may see them has the scope personal:read")
        boolean masked,

        @Schema(description = "false: there is more than is listed; ask by a narrower name")
        boolean complete,

        @Schema(description = "Modules that could not be asked now")
        Set<String> unanswered) {
    private static final int MOST_CHARACTERS = 256 << 10;

    /** One name in one module. */
    @Schema(name = "TracePlace")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Place(
            @Schema(examples = "order") String module,
            @Schema(examples = "01KAQ3V9Y2M4T6W8X0Z1B3C5D7") String key,
            @Schema(examples = "acme") String tenant,
            @Schema(examples = "shop-eu") @Nullable String channel,
            @Schema(examples = "posted") @Nullable String state,
            Set<String> names) {}

    /** One thing that happened. */
    @Schema(name = "TraceStep")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            Instant at,
            @Schema(examples = "order") String module,
            @Schema(examples = "01KAQ3V9Y2M4T6W8X0Z1B3C5D7") String key,
            @Schema(examples = "accepted") String what,
            @Schema(examples = "posting") String detail,
            @Nullable String messageId,
            @Nullable String traceId,
            @Nullable Payload payload) {}

    /** What was carried. */
    @Schema(name = "TracePayload")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Payload(
            @Schema(examples = "application/json") String mediaType,

            @Schema(description = "Characters") int size,

            @Schema(description = "JSON as such; absent if it is too large to show") @Nullable
            Object content) {}

    static TraceView of(String name, Story story, boolean mayReadPersonal) {
        Set<String> traceIds = new TreeSet<>();
        story.events().stream()
                .map(event -> traceId(event.step()))
                .filter(Objects::nonNull)
                .forEach(traceIds::add);
        return new TraceView(
                name,
                story.places().stream().map(TraceView::place).toList(),
                traceIds,
                story.events().stream()
                        .map(event -> step(event, mayReadPersonal))
                        .toList(),
                !mayReadPersonal,
                story.complete(),
                new TreeSet<>(story.unanswered()));
    }

    private static Place place(Story.Place place) {
        Insight.Subject subject = place.subject();
        return new Place(
                place.module(),
                subject.key(),
                subject.tenant(),
                subject.channel(),
                subject.state(),
                new TreeSet<>(subject.names()));
    }

    private static Step step(Story.Event event, boolean mayReadPersonal) {
        Insight.Step step = event.step();
        Insight.Payload carried = step.payload();
        return new Step(
                step.at(),
                event.module(),
                step.key(),
                step.what(),
                mayReadPersonal ? step.detail() : Mask.words(step.detail()),
                step.messageId().isEmpty() ? null : step.messageId(),
                traceId(step),
                carried == null ? null : payload(carried, mayReadPersonal));
    }

    private static Payload payload(Insight.Payload payload, boolean mayReadPersonal) {
        String text = payload.text();
        JsonNode content =
                text.length() > MOST_CHARACTERS ? null : mayReadPersonal ? Mask.plain(text) : Mask.json(text);
        return new Payload(payload.mediaType(), text.length(), content);
    }

    private static @Nullable String traceId(Insight.Step step) {
        String traceparent = step.traceparent();
        return traceparent != null && traceparent.length() >= 35 ? traceparent.substring(3, 35) : null;
    }
}
