package org.retailhub.masterdata.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** A sales account's identity: the channel within its tenant. */
@Embeddable
public record SalesAccountKey(
        @Column(name = "tenant") String tenant,
        @Column(name = "channel") String channel) {}
