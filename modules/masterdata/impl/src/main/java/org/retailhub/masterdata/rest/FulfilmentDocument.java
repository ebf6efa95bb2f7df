package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.Fulfilment;
import org.retailhub.platform.kernel.Money;

/** How a place sends goods, on the wire. */
@Schema(name = "Fulfilment", description = "How a place sends goods")
@JsonInclude(JsonInclude.Include.NON_NULL)
record FulfilmentDocument(
        @Schema(description = "Whose goods it sends; none: anybody's", examples = "[\"Example Home\"]") @Nullable
        List<String> brands,

        @Schema(description = "Of one parcel, together with currency", pattern = Fields.DECIMAL, examples = "4.90")
        @Nullable
        String parcelCost,

        @Schema(description = "Of the cost, ISO 4217", pattern = "[A-Z]{3}", examples = "EUR") @Nullable
        String currency,

        @Schema(
                description = "From the order to the carrier, in days on which it is open",
                minimum = "0",
                maximum = "365",
                examples = "1")
        @Nullable
        Integer leadTimeDays,

        @Schema(description = "Most it sends on a day", minimum = "0", maximum = "1000000", examples = "120") @Nullable
        Integer parcelsPerDay,

        @Schema(description = "Who delivers from there", maxLength = 40, examples = "V-4711") @Nullable
        String supplier,

        @Schema(description = "Days on which it sends; none: each day", examples = "[\"MONDAY\"]") @Nullable
        List<String> openOn,

        @Schema(description = "First day it is closed", pattern = Fields.DATE, examples = "2026-12-24") @Nullable
        String closedFrom,

        @Schema(description = "First day it is open again", pattern = Fields.DATE, examples = "2027-01-02") @Nullable
        String closedUntil,

        @Schema(description = "Of these days; UTC if absent", examples = "Europe/Berlin") @Nullable
        String timeZone) {
    private static final List<String> FIELDS = List.of(
            "brands",
            "closedFrom",
            "closedUntil",
            "currency",
            "leadTimeDays",
            "openOn",
            "parcelCost",
            "parcelsPerDay",
            "supplier",
            "timeZone");
    private static final List<String> DAYS =
            Stream.of(DayOfWeek.values()).map(Enum::name).toList();
    private static final int MOST_BRANDS = 100;
    private static final int MOST_DAYS = 365;
    private static final int MOST_PARCELS = 1_000_000;

    /** Of the place's fields; what nobody says has no limit. */
    static Fulfilment read(Fields place) {
        Fields fields = place.in("fulfilment", FIELDS);
        Set<String> brands = fields.texts(
                "brands", MOST_BRANDS, text -> ProductDocument.isText(text, 40), "1 to 40 printable characters");
        BigDecimal cost = fields.decimal("parcelCost", 0, 1_000_000);
        String currency = fields.optional("currency", FulfilmentDocument::isCurrency, "a code of ISO 4217");
        if (cost != null && currency == null) {
            fields.fault("currency", "goes with parcelCost");
        }
        if (cost == null && currency != null) {
            fields.fault("parcelCost", "goes with currency");
        }
        Integer leadTime = fields.whole("leadTimeDays", 0, MOST_DAYS);
        Integer parcels = fields.whole("parcelsPerDay", 0, MOST_PARCELS);
        String supplier = fields.optional("supplier", 40);
        Set<String> openOn = fields.texts("openOn", DAYS.size(), DAYS::contains, "one of " + String.join(", ", DAYS));
        LocalDate from = fields.date("closedFrom");
        LocalDate until = fields.date("closedUntil");
        if (from != null && until != null && !from.isBefore(until)) {
            fields.fault("closedUntil", "must be after closedFrom");
        }
        String zone = fields.optional(
                "timeZone", text -> ZoneId.getAvailableZoneIds().contains(text), "a time zone such as Europe/Berlin");
        return new Fulfilment(
                brands,
                cost == null || currency == null ? null : Money.of(cost.toPlainString(), currency),
                leadTime == null ? 0 : leadTime,
                parcels,
                supplier,
                openOn.stream()
                        .map(DayOfWeek::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class))),
                from,
                until,
                zone == null ? "UTC" : zone);
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    }

    /** @return null where nobody said anything */
    static @Nullable FulfilmentDocument of(Fulfilment fulfilment) {
        if (fulfilment.equals(Fulfilment.UNSAID)) {
            return null;
        }
        Money cost = fulfilment.parcelCost();
        LocalDate from = fulfilment.closedFrom();
        LocalDate until = fulfilment.closedUntil();
        return new FulfilmentDocument(
                List.copyOf(new TreeSet<>(fulfilment.brands())),
                cost == null ? null : cost.amount().toPlainString(),
                cost == null ? null : cost.currency().getCurrencyCode(),
                fulfilment.leadTimeDays(),
                fulfilment.parcelsPerDay(),
                fulfilment.supplier(),
                new TreeSet<>(fulfilment.openOn()).stream().map(Enum::name).toList(),
                from == null ? null : from.toString(),
                until == null ? null : until.toString(),
                fulfilment.timeZone());
    }
}
