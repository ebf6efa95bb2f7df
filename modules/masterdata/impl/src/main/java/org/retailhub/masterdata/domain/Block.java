package org.retailhub.masterdata.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a customer may not buy although it is one. */
public enum Block {
    /** The ERP lets no more be owed. */
    CREDIT_STOP,
    /** The ERP holds what is ordered until somebody paid. */
    CREDIT_HOLD,
    FRAUD,
    SANCTIONS,
    OTHER;

    /** As on the wire and in the table. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Block::wire).toList();
    }

    public static Optional<Block> named(String wire) {
        return Arrays.stream(values())
                .filter(block -> block.wire().equals(wire))
                .findFirst();
    }
}
