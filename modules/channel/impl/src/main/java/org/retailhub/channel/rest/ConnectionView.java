package org.retailhub.channel.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.Connections;
import org.retailhub.channel.Payloads;
import org.retailhub.channel.Sweeps;
import org.retailhub.channel.domain.Connection;

/** A connection on the wire; of its secrets only that they are there. */
@Schema(name = "Connection")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConnectionView(
        String code,
        String tenant,
        String kind,
        String channel,
        String account,
        @Nullable String apiUrl,
        boolean active,

        @Schema(description = "Where the channel sends to") String webhooks,

        @Nullable List<SecretView> secrets,

        @Schema(
                description =
                        "What came in since balanceSince and what became of it, by counting; the hub's whole balance"
                                + " by hours is operations'")
        @Nullable
        Map<String, Long> balance,

        @Schema(description = "A day ago; later if more than 10 000 came since: the newest are counted") @Nullable
        Instant balanceSince,

        @Schema(description = "How the channel is asked for what was lost on the way") @Nullable
        SweepView sweep) {
    /** @param lastError absent while asking goes well */
    @Schema(name = "ConnectionSweep")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SweepView(
            @Schema(description = "All that changed before it has been seen")
            Instant watermark,

            Instant dueAt,
            @Nullable Instant askedAt,
            int failures,
            @Nullable String lastError,

            @Schema(description = "Documents of which only a part came")
            long wanted) {
        static SweepView of(Sweeps.State state) {
            return new SweepView(
                    state.watermark(),
                    state.dueAt(),
                    state.askedAt(),
                    state.failures(),
                    state.lastError(),
                    state.wanted());
        }
    }

    /** @param retiredAt absent while it is live */
    @Schema(name = "ConnectionSecret", description = "A secret without what it is")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SecretView(
            String secretId,
            String purpose,
            Instant createdAt,
            @Nullable Instant retiredAt) {
        static SecretView of(Connections.SecretEntry entry) {
            return new SecretView(entry.secretId(), entry.purpose().stored(), entry.createdAt(), entry.retiredAt());
        }
    }

    /** @param next give it as {@code after} for the next page; absent on the last */
    @Schema(name = "ConnectionPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<ConnectionView> items, @Nullable String next) {}

    static ConnectionView of(
            Connection connection,
            @Nullable List<Connections.SecretEntry> secrets,
            Payloads.@Nullable Balance balance,
            Sweeps.@Nullable State sweep) {
        return new ConnectionView(
                connection.code(),
                connection.tenant(),
                connection.kind(),
                connection.channel(),
                connection.account(),
                connection.apiUrl(),
                connection.active(),
                "/api/channel/v1/" + connection.code() + "/webhooks",
                secrets == null ? null : secrets.stream().map(SecretView::of).toList(),
                balance == null ? null : balance.terms(),
                balance == null ? null : balance.since(),
                sweep == null ? null : SweepView.of(sweep));
    }
}
