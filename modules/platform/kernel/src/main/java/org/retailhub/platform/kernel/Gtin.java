package org.retailhub.platform.kernel;

/**
 * A Global Trade Item Number with a right check digit: 8, 12, 13 or 14 digits as printed.
 *
 * @param digits as given, not padded
 */
public record Gtin(String digits) {
    public Gtin {
        if (!isValid(digits)) {
            throw new IllegalArgumentException("not a GTIN: " + digits);
        }
    }

    /** GS1 General Specifications, section 7.9: weights 3 and 1 alternating from the right, before the check digit. */
    public static boolean isValid(String digits) {
        int length = digits.length();
        if (length != 8 && length != 12 && length != 13 && length != 14) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < length; i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            int weight = (length - 1 - i) % 2 == 0 ? 1 : 3;
            sum += (c - '0') * weight;
        }
        return sum % 10 == 0;
    }

    /** The 14-digit form, by which GTINs of different lengths compare. */
    public String normalized() {
        return "0".repeat(14 - digits.length()) + digits;
    }
}
