package org.retailhub.channel.domain;

/** What a connector can do beyond translating; the contract's tests ask for each what it promises. */
public enum Capability {
    /** Orders, their changes and cancellations come in. */
    ORDERS,
    /** Refunds come in. */
    REFUNDS,
    /** Payloads are pushed to us with a signature. */
    SIGNED_WEBHOOKS,
    /** The channel can be asked for what changed since a time, and for one document. */
    ASKING,
    /** The channel can be told what it may show of each item at each place, and asked what it shows. */
    STOCK,
    /** The channel can be told what has left of an order, and asked what it knows of it. */
    SHIPMENTS
}
