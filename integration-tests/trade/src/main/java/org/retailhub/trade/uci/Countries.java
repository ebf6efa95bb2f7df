package org.retailhub.trade.uci;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

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

    /** @throws IllegalArgumentException for a name that is no country, such as "Unspecified" */
    static String code(String name) {
        String code = CODES.get(name);
        if (code == null) {
            throw new IllegalArgumentException("no country: " + name);
        }
        return code;
    }
}
