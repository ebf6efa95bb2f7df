package org.retailhub.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Order ids by the hundred thousand, at 16 bytes each: 26 characters of Crockford's base 32 are 128 bits. */
final class Identities {
    static final int LENGTH = 26;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUES[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private long[] high = new long[16];
    private long[] low = new long[16];
    private int size;

    /** Takes over the id that begins at {@code from}; false if it is none. */
    boolean add(byte[] text, int from) {
        long top = 0;
        long bottom = 0;
        for (int i = 0; i < LENGTH; i++) {
            byte character = text[from + i];
            int value = character < 0 ? -1 : VALUES[character];
            if (value < 0) {
                return false;
            }
            top = top << 5 | bottom >>> 59;
            bottom = bottom << 5 | value;
        }
        if (size == high.length) {
            high = Arrays.copyOf(high, size * 2);
            low = Arrays.copyOf(low, size * 2);
        }
        high[size] = top;
        low[size++] = bottom;
        return true;
    }

    /** Empty if the text is no id. */
    static Optional<Identity> parse(String text) {
        Identities one = new Identities();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return bytes.length == LENGTH && one.add(bytes, 0)
                ? Optional.of(new Identity(one.high[0], one.low[0]))
                : Optional.empty();
    }

    void addAll(Identities others) {
        for (int i = 0; i < others.size; i++) {
            if (size == high.length) {
                high = Arrays.copyOf(high, size * 2);
                low = Arrays.copyOf(low, size * 2);
            }
            high[size] = others.high[i];
            low[size++] = others.low[i];
        }
    }

    Identities without(Identities others) {
        Set<Identity> left = asSet();
        left.removeAll(others.asSet());
        Identities rest = new Identities();
        rest.high = new long[left.size()];
        rest.low = new long[left.size()];
        for (Identity each : left) {
            rest.high[rest.size] = each.high();
            rest.low[rest.size++] = each.low();
        }
        return rest;
    }

    int size() {
        return size;
    }

    /** One of them. */
    record Identity(long high, long low) {}

    Set<Identity> asSet() {
        Set<Identity> set = new HashSet<>(size * 2);
        for (int i = 0; i < size; i++) {
            set.add(new Identity(high[i], low[i]));
        }
        return set;
    }
}
