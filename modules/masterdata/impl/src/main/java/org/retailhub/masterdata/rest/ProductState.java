package org.retailhub.masterdata.rest;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.retailhub.masterdata.domain.Product;
import org.retailhub.masterdata.domain.ProductContent;
import org.retailhub.platform.kernel.Gtin;

/** A product on the wire. */
@Schema(name = "Product", description = "A product as the hub knows it")
public record ProductState(
        @Schema(examples = "MUG-BLUE") String sku,
        @Schema(examples = "[\"4006381333931\"]") List<String> gtins,
        @Schema(examples = "1001") String erpItem,
        @Schema(examples = "Mug, blue") String name,
        @Schema(examples = "true") boolean active,

        @Schema(description = "Counts changes, from 1; also the ETag", examples = "1")
        long version,

        @Schema(examples = "2026-11-23T09:00:00Z") Instant updatedAt) {
    static ProductState of(Product product) {
        ProductContent content = product.content();
        return new ProductState(
                content.sku().value(),
                content.gtins().stream().map(Gtin::digits).toList(),
                content.erpItem(),
                content.name(),
                content.active(),
                product.version(),
                product.updatedAt());
    }
}
