package org.retailhub.platform.kernel;

/** A seller's own item key, compared as written: 1 to 64 printable characters, no blank at either end. */
public record Sku(String value) {
    public static final int MAX_LENGTH = 64;

    public Sku {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a SKU: " + value);
        }
    }

    public static boolean isValid(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && value.equals(value.strip())
                && value.chars().noneMatch(Character::isISOControl);
    }
}
