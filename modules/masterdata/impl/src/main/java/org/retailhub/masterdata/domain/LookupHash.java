package org.retailhub.masterdata.domain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.platform.kernel.RetailException;

/**
 * Finds people by what they say of themselves without keeping it: HMAC-SHA256 of the comparable form, with a key that the database does
 * not have. Without the key nobody can try all telephone numbers. Bound to the tenant, so that nobody sees that two tenants have one
 * customer. While the key is changed, the one before still finds.
 */
public final class LookupHash {
    private static final int SHORTEST_KEY = 32;

    private final List<SecretKeySpec> keys;

    /** @param keys as text of at least 32 characters; the first one makes what is kept, all find; null ones are left out */
    public LookupHash(@Nullable String... keys) {
        List<SecretKeySpec> usable = new ArrayList<>();
        for (String key : keys) {
            if (key != null && key.length() >= SHORTEST_KEY) {
                usable.add(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            }
        }
        this.keys = List.copyOf(usable);
    }

    /**
     * What is kept of an e-mail address, in hexadecimal digits; null of none.
     *
     * @throws RetailException {@link MasterDataError#NO_LOOKUP_KEY}
     */
    public @Nullable String ofEmail(String tenant, @Nullable String email) {
        return email == null ? null : hash(first(), tenant, "email", comparableEmail(email));
    }

    /** As {@link #ofEmail}, of a telephone number. */
    public @Nullable String ofPhone(String tenant, @Nullable String phone) {
        return phone == null ? null : hash(first(), tenant, "phone", comparablePhone(phone));
    }

    /** All that may have been kept of this address, by each key there is. */
    public List<String> findingEmail(String tenant, String email) {
        first();
        return keys.stream()
                .map(key -> hash(key, tenant, "email", comparableEmail(email)))
                .toList();
    }

    /** As {@link #findingEmail}, of a telephone number. */
    public List<String> findingPhone(String tenant, String phone) {
        first();
        return keys.stream()
                .map(key -> hash(key, tenant, "phone", comparablePhone(phone)))
                .toList();
    }

    private SecretKeySpec first() {
        if (keys.isEmpty()) {
            throw new RetailException(
                    MasterDataError.NO_LOOKUP_KEY,
                    "give the server RETAIL_MASTERDATA_LOOKUP_KEY, 32 characters or more");
        }
        return keys.get(0);
    }

    /** Only the domain is without case by the standard; nobody has two mailboxes that differ by it. */
    static String comparableEmail(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /** Its digits, the international prefix written in one way. */
    static String comparablePhone(String phone) {
        String digits = phone.replaceAll("[^0-9+]", "");
        return digits.startsWith("00") ? "+" + digits.substring(2) : digits;
    }

    private static String hash(SecretKeySpec key, String tenant, String kind, String comparable) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            // No part can have the character between them.
            String text = kind + '\n' + tenant + '\n' + comparable;
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
