package org.retailhub.masterdata;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.Fulfilment;
import org.retailhub.platform.kernel.Money;
import org.retailhub.platform.runtime.rest.StrictJson;

/** How a place sends, as it is kept: the same is written the same. */
final class FulfilmentText {
    private record Kept(
            List<String> brands,
            @Nullable BigDecimal parcelCost,
            @Nullable String currency,
            int leadTimeDays,
            @Nullable Integer parcelsPerDay,
            @Nullable String supplier,
            List<DayOfWeek> openOn,
            @Nullable LocalDate closedFrom,
            @Nullable LocalDate closedUntil,
            String timeZone) {}

    private FulfilmentText() {}

    /** @return null where nobody said anything */
    static @Nullable String write(Fulfilment fulfilment) {
        if (fulfilment.equals(Fulfilment.UNSAID)) {
            return null;
        }
        Money cost = fulfilment.parcelCost();
        try {
            return StrictJson.mapper()
                    .writeValueAsString(new Kept(
                            List.copyOf(new TreeSet<>(fulfilment.brands())),
                            cost == null ? null : cost.amount(),
                            cost == null ? null : cost.currency().getCurrencyCode(),
                            fulfilment.leadTimeDays(),
                            fulfilment.parcelsPerDay(),
                            fulfilment.supplier(),
                            List.copyOf(new TreeSet<>(fulfilment.openOn())),
                            fulfilment.closedFrom(),
                            fulfilment.closedUntil(),
                            fulfilment.timeZone()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Fulfilment read(@Nullable String text) {
        if (text == null) {
            return Fulfilment.UNSAID;
        }
        Kept kept = StrictJson.readMessage(text, Kept.class);
        return new Fulfilment(
                Set.copyOf(kept.brands()),
                kept.parcelCost() == null || kept.currency() == null
                        ? null
                        : Money.of(kept.parcelCost().toPlainString(), kept.currency()),
                kept.leadTimeDays(),
                kept.parcelsPerDay(),
                kept.supplier(),
                Set.copyOf(kept.openOn()),
                kept.closedFrom(),
                kept.closedUntil(),
                kept.timeZone());
    }
}
