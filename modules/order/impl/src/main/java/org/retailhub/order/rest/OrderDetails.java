package org.retailhub.order.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.Completion;
import org.retailhub.order.api.OrderView;
import org.retailhub.order.canonical.WireOrder;
import org.retailhub.order.domain.OrderStock;

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

        @Schema(description = "By when it has to stand elsewhere, by its channel's policy; absent if no clock runs")
        @Nullable
        Instant deadline,

        @Schema(description = "Why it stands there, such as the ERP's own words") @Nullable
        String reason,

        @Schema(description = "SKUs that master data does not know yet")
        List<String> awaitingSkus,

        @Schema(description = "What there is not enough of") List<Lack> lacks,

        @Schema(
                description =
                        "How far its goods have left, also before the ERP has acknowledged it; absent if none have",
                enumeration = {"in-part", "whole"},
                examples = "in-part")
        @Nullable
        String goodsLeft,

        @Schema(description = "What the hub knows beside what the channel told; absent if its stock is not held first")
        @Nullable
        Completed completedWith,

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

    /** Not enough of a line's goods. */
    @Schema(name = "Lack")
    record Lack(
            String lineId,
            String sku,
            @Schema(examples = "2") String quantity) {
        static Lack of(OrderStock.Shortage shortage) {
            return new Lack(
                    shortage.lineId(),
                    shortage.sku(),
                    shortage.quantity().stripTrailingZeros().toPlainString());
        }
    }

    /** Who bought and sold, and by which rule it is taxed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CompletedOrder")
    record Completed(
            @Schema(description = "The customer in master data", examples = "C-1001") @Nullable
            String customerId,

            @Schema(description = "The ERP's business partner", examples = "C-1001") @Nullable
            String erpPartner,

            @Schema(description = "Who sells", examples = "ACME-DE") @Nullable
            String legalEntity,

            @Schema(description = "Whether the channel collects the tax itself", examples = "false")
            boolean marketplaceFacilitator,

            @Schema(description = "The rule of tax that fitted; absent if none did", examples = "de") @Nullable
            String taxRule,

            @Schema(description = "Version of the rules that were asked; 0 if there were none", examples = "3")
            long taxRulesVersion,

            @Schema(description = "Master data's tax code", examples = "DE-19") @Nullable
            String taxCode,

            @Schema(description = "In percent, as master data had it then", examples = "19") @Nullable
            String taxRate,

            @Schema(
                    description = "Who owes the tax to the state",
                    enumeration = {"seller", "marketplace", "unknown"},
                    examples = "seller")
            String taxCollectedBy) {
        static Completed of(Completion.Completed completed) {
            BigDecimal rate = completed.taxRate();
            return new Completed(
                    completed.customerId(),
                    completed.erpPartner(),
                    completed.legalEntity(),
                    completed.facilitator(),
                    completed.taxRule(),
                    completed.rulesVersion(),
                    completed.taxCode(),
                    rate == null ? null : rate.stripTrailingZeros().toPlainString(),
                    completed.collectedBy());
        }
    }

    static OrderDetails of(
            OrderView view,
            @Nullable Instant deadline,
            List<String> awaitingSkus,
            List<Lack> lacks,
            @Nullable String goodsLeft,
            @Nullable Completed completedWith,
            @Nullable String document) {
        return new OrderDetails(
                view.orderId(),
                view.channel(),
                view.channelOrderId(),
                view.status().wire(),
                view.statusSince(),
                view.status().waitsFor(),
                view.status().actsNext(),
                deadline,
                view.reason(),
                awaitingSkus,
                lacks,
                goodsLeft,
                completedWith,
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
