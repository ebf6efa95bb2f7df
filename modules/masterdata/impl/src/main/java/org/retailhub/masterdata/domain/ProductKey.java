package org.retailhub.masterdata.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** A product's identity: the seller's own key within its tenant. */
@Embeddable
public record ProductKey(
        @Column(name = "tenant") String tenant,
        @Column(name = "sku") String sku) {}
