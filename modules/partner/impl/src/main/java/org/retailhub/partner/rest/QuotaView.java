package org.retailhub.partner.rest;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.retailhub.partner.QuotaBook.Terms;

/** What holds for one route. */
@Schema(name = "Quota", description = "How many calls of a route a partner may make")
public record QuotaView(
        @Schema(description = "The operationId of the route", examples = "placeOrder")
        String routeClass,

        @Schema(examples = "1000") long requests,
        @Schema(examples = "10") int windowSeconds,

        @Schema(description = "Whether it is the default", examples = "true")
        boolean isDefault) {
    static QuotaView of(String routeClass, Terms terms) {
        return new QuotaView(routeClass, terms.requests(), terms.windowSeconds(), terms.isDefault());
    }

    @Schema(name = "QuotaList", description = "All routes that are counted, in order of their names")
    public record All(List<QuotaView> items) {
        static All of(Map<String, Terms> terms) {
            return new All(terms.entrySet().stream()
                    .map(each -> QuotaView.of(each.getKey(), each.getValue()))
                    .toList());
        }
    }
}
