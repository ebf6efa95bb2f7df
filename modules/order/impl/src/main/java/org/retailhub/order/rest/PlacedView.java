package org.retailhub.order.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.retailhub.order.domain.Placed;

/** The answer to a placement that is stored. */
@Schema(name = "PlacedOrder")
record PlacedView(
        String orderId,

        @Schema(description = "Where the order stands now", examples = "posting")
        String status,

        @Schema(description = "Whether it was stored before, by an equal placement")
        boolean replayed,

        Links links) {
    @Schema(name = "OrderLinks")
    record Links(String self, String timeline) {
        static Links of(String orderId) {
            return new Links(Answers.path(orderId), Answers.path(orderId) + "/timeline");
        }
    }

    static PlacedView of(Placed.Accepted placed) {
        return new PlacedView(placed.orderId(), placed.status().wire(), placed.replayed(), Links.of(placed.orderId()));
    }

    /** By hand: it is written by the threads that commit, and none of its values needs escaping. */
    String json() {
        return "{\"orderId\":\"" + orderId + "\",\"status\":\"" + status + "\"," + rest();
    }

    /** As a line of an answer to many, where {@code status} is the one that HTTP would have. */
    String json(int line) {
        return "{\"line\":" + line + ",\"status\":202,\"orderId\":\"" + orderId + "\",\"orderStatus\":\"" + status
                + "\"," + rest();
    }

    private String rest() {
        return "\"replayed\":" + replayed + ",\"links\":{\"self\":\"" + links.self() + "\",\"timeline\":\""
                + links.timeline() + "\"}}";
    }
}
