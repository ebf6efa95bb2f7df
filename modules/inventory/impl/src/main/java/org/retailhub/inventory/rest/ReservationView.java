package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.domain.Reservation;

/** A reservation as it stands. */
@Schema(name = "HeldReservation")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReservationView(
        @Schema(examples = "01M84B402ZVTPV56G6BNHZT8X5") String reservationId,
        @Schema(examples = "order-1001") String reference,
        @Schema(examples = "shop-eu") @Nullable String channel,

        @Schema(enumeration = {"held", "refused", "released", "expired", "consumed"})
        String state,

        @Schema(description = "Since when it is in this state", examples = "2026-11-23T09:00:01Z")
        Instant stateSince,

        @Schema(description = "Whether all that was asked for was held")
        boolean complete,

        @Schema(description = "What is still held then is given back", examples = "2026-11-23T09:30:01Z")
        Instant expiresAt,

        List<Line> lines,

        @Schema(description = "What is held, by SKU and location")
        List<Hold> holds,

        @Schema(description = "Whether it was made before, by an equal request") @Nullable
        Boolean replayed) {

    /** A line as it was asked for, and how much of it was held. */
    @Schema(name = "HeldLine")
    record Line(
            @Schema(examples = "1") String lineId,
            String sku,
            @Schema(examples = "berlin-1") String location,
            @Schema(examples = "2") String quantity,
            @Schema(examples = "2") String granted) {}

    /** What became of a SKU at a location. */
    @Schema(name = "Hold")
    record Hold(
            String sku,
            @Schema(examples = "berlin-1") String location,

            @Schema(description = "Still held", examples = "2")
            String held,

            @Schema(description = "Given back", examples = "0")
            String released,

            @Schema(description = "Has left", examples = "0")
            String consumed) {}

    static ReservationView of(Reservation reservation, @Nullable Boolean replayed) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < reservation.document().lines().size(); i++) {
            ReservationDocument.Line line = reservation.document().lines().get(i);
            lines.add(new Line(
                    line.lineId(),
                    line.sku(),
                    line.location(),
                    MovementView.text(line.quantity()),
                    MovementView.text(reservation.granted().get(i))));
        }
        List<Hold> holds = new ArrayList<>();
        reservation
                .holds()
                .forEach((position, hold) -> holds.add(new Hold(
                        position.sku(),
                        position.location(),
                        MovementView.text(hold.held()),
                        MovementView.text(hold.released()),
                        MovementView.text(hold.consumed()))));
        return new ReservationView(
                reservation.id(),
                reservation.reference(),
                reservation.channel(),
                reservation.state().wire(),
                reservation.stateSince(),
                reservation.isComplete(),
                reservation.expiresAt(),
                lines,
                holds,
                replayed);
    }
}
