package org.retailhub.erp.api;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sale to be booked: the body of {@code PostOrder.v1} (first posting) and {@code AmendPosting.v1} (the whole document anew). The
 * message's business key is the {@code orderId}; the ERP's document bears it as its number.
 *
 * @param orderId 26 characters, also the ERP's document number
 * @param revision of the order, from 1
 * @param channel decides the ERP's business partner (sales account)
 * @param channelOrderId the channel's own number, for people
 * @param placedAt with the channel's offset; its date is the document's date
 * @param currency ISO 4217
 * @param shipTo where to; null if the channel does not tell
 * @param lines goods; never empty together with {@code charges}
 * @param charges what is no goods: shipping, fees, and discounts as negative amounts
 */
public record SalesDocument(
        String orderId,
        int revision,
        String channel,
        String channelOrderId,
        OffsetDateTime placedAt,
        String currency,
        @Nullable ShipTo shipTo,
        List<Line> lines,
        List<Charge> charges) {
    public static final String POST = "PostOrder.v1";
    public static final String AMEND = "AmendPosting.v1";

    /** Body: {@link Withdrawal}. */
    public static final String WITHDRAW = "WithdrawPosting.v1";

    public SalesDocument {
        Objects.requireNonNull(orderId);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(channelOrderId);
        Objects.requireNonNull(placedAt);
        Objects.requireNonNull(currency);
        lines = List.copyOf(lines);
        charges = List.copyOf(charges);
    }

    /**
     * @param quantity in pieces, more than zero
     * @param unitPrice net of tax and before discounts, in the document's currency, up to 4 decimals; the line's amount is
     *     quantity × price, rounded half up to the currency's minor unit
     */
    public record Line(String lineId, String sku, BigDecimal quantity, BigDecimal unitPrice) {}

    /**
     * @param type the ERP's charge is found by it: {@code shipping}, {@code discount}, {@code surcharge}, …
     * @param amount net of tax, in the document's currency, may be negative
     */
    public record Charge(String type, String description, BigDecimal amount) {}

    /** Any part may be null; country is ISO 3166-1 alpha-2. */
    public record ShipTo(
            @Nullable String name,
            @Nullable String line1,
            @Nullable String line2,
            @Nullable String city,
            @Nullable String postalCode,
            @Nullable String region,
            @Nullable String country) {}

    /** Take the posting back; one that the ERP has made its document of is returned, as far as the ERP can do that. */
    public record Withdrawal(String orderId, String reason) {}
}
