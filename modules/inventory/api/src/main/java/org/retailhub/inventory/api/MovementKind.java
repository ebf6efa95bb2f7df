package org.retailhub.inventory.api;

import java.util.Locale;

/** Why stock changed. */
public enum MovementKind {
    /** Left to a buyer, without a reservation: quantity below 0. */
    SALE,
    /** Came back from a buyer: above 0. */
    RETURN,
    /** Left for another location: below 0. */
    TRANSFER_OUT,
    /** Came from another location: above 0. */
    TRANSFER_IN,
    /** Came from a supplier: above 0. */
    RECEIPT,
    /** Found, lost, broken. */
    ADJUSTMENT,
    /** The difference that a count showed. */
    COUNT_CORRECTION,
    /** Held for somebody: stays on hand, cannot be sold. Made by reserving only. */
    RESERVATION,
    /** Held no longer. Made by releasing, cancelling or expiry only. */
    RELEASE,
    /** What was held has left. Made by consuming a reservation only. */
    CONSUMPTION;

    /** As on the wire and in the ledger. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a source may tell it; the others are made by reservations. */
    public boolean isTold() {
        return ordinal() < RESERVATION.ordinal();
    }

    /** The sign that the quantity must have; 0 for either. */
    public int sign() {
        return switch (this) {
            case SALE, TRANSFER_OUT, CONSUMPTION, RELEASE -> -1;
            case RETURN, TRANSFER_IN, RECEIPT, RESERVATION -> 1;
            case ADJUSTMENT, COUNT_CORRECTION -> 0;
        };
    }
}
