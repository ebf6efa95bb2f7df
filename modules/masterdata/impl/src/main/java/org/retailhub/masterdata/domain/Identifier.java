package org.retailhub.masterdata.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.retailhub.platform.kernel.Gtin;

/**
 * Another name of a product, unique per tenant and kind.
 *
 * @param kind {@code gtin}
 * @param comparable the form by which identifiers of the kind compare
 * @param value as given
 */
@Embeddable
public record Identifier(
        @Column(name = "kind") String kind,
        @Column(name = "comparable") String comparable,
        @Column(name = "value") String value) {
    public static final String GTIN = "gtin";

    public static Identifier of(Gtin gtin) {
        return new Identifier(GTIN, gtin.normalized(), gtin.digits());
    }
}
