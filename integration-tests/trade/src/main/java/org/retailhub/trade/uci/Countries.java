package org.retailhub.trade.uci;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The files' country names in ISO 3166-1. */
final class Countries {
    /** What the files call otherwise than English does. The Channel Islands are two; Guernsey stands for both. */
    private static final Map<String, String> OWN_NAMES =
            Map.of("EIRE", "IE", "Channel Islands", "GG", "RSA", "ZA", "USA", "US", "Czech Republic", "CZ");

    private static final Map<String, String> CODES = new HashMap<>();

    static {
        for (String code : Locale.getISOCountries()) {
            CODES.put(new Locale("", code).getDisplayCountry(Locale.ENGLISH), code);
        }
        CODES.putAll(OWN_NAMES);
    }

    private Countries() {}

    /** Empty for a name that is no country: "Unspecified", "European Community". */
    static Optional<String> find(String name) {
        return Optional.ofNullable(CODES.get(name));
    }

    /** @throws IllegalArgumentException for a name that is no country */
    static String code(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no country: " + name));
    }
}
