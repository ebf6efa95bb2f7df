package org.retailhub.order.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderView;
import org.retailhub.order.canonical.WireOrder;

/** An order over HTTP: where it stands, what it waits for since when, who acts next; alone also its content. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "Order")
record OrderDetails(
        String orderId,
        String channel,
        String channelOrderId,
        @Schema(examples = "posted") String status,
        Instant statusSince,

        @Schema(description = "What it waits for; absent if for nothing")
        String waitsFor,

        @Schema(description = "Who acts next; absent if nobody")
        String actsNext,

        @Schema(description = "Why it stands there, such as the ERP's own words") @Nullable
        String reason,

        @Schema(description = "SKUs that master data does not know yet")
        List<String> awaitingSkus,

        @Schema(description = "The ERP's document number") @Nullable
        String erpDocumentNo,

        int revision,

        @Schema(description = "Also the ETag") int version,

        Instant placedAt,
        Instant receivedAt,
        Amount grandTotal,

        @Schema(description = "The newest revision of the content", implementation = WireOrder.class)
        @JsonRawValue
        @Nullable
        String order,

        PlacedView.Links links) {
    @Schema(name = "Money")
    record Amount(@Schema(examples = "12.30") String amount, String currency) {}

    static OrderDetails of(OrderView view, List<String> awaitingSkus, @Nullable String document) {
        return new OrderDetails(
                view.orderId(),
                view.channel(),
                view.channelOrderId(),
                view.status().wire(),
                view.statusSince(),
                view.status().waitsFor(),
                view.status().actsNext(),
                view.reason(),
                awaitingSkus,
                view.documentNo(),
                view.revision(),
                view.version(),
                view.placedAt(),
                view.receivedAt(),
                new Amount(view.grandTotal().toPlainString(), view.currency()),
                document,
                PlacedView.Links.of(view.orderId()));
    }
}
