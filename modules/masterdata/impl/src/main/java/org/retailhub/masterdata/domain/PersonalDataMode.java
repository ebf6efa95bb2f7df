package org.retailhub.masterdata.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How personal data of a tenant's customers are kept. */
public enum PersonalDataMode {
    /** As they were sent. */
    READABLE,
    /** Nothing that can be read: keyed hashes of e-mail and telephone, by which somebody who knows them finds the customer. */
    HASH_ONLY;

    /** As on the wire and in the table. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<PersonalDataMode> named(String wire) {
        return Arrays.stream(values()).filter(mode -> mode.wire().equals(wire)).findFirst();
    }
}
