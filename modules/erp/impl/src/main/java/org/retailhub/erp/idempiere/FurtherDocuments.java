package org.retailhub.erp.idempiere;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * The numbers of the documents that correct an order's own: {@code <order>-R<n>} returns, {@code <order>-C<n>} adds. {@code n} is the number of
 * the message that asked for it, so that a message always makes the same ones, whatever was forgotten.
 */
final class FurtherDocuments {
    private static final int LONGEST = 30;
    /** The first message posts the order; what has three digits does not fit behind an order's id. */
    private static final long LOWEST = 2;

    private static final long HIGHEST = 99;
    private static final Pattern NUMBER = Pattern.compile("(.+)-[RC]\\d{1,2}");

    private FurtherDocuments() {}

    static String returns(String orderId, long sequence) {
        return orderId + "-R" + sequence;
    }

    static String adds(String orderId, long sequence) {
        return orderId + "-C" + sequence;
    }

    /** The order in a number as these are. */
    static Optional<String> orderOf(String number) {
        Matcher parts = NUMBER.matcher(number);
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }

    /** Why none can be numbered so; empty if they can. */
    static Optional<String> fault(String orderId, long sequence) {
        return sequence > HIGHEST || returns(orderId, sequence).length() > LONGEST
                ? Optional.of("message " + sequence + " leaves no room in the ERP's document number")
                : Optional.empty();
    }

    /** All that messages up to this one may have made. */
    static List<String> upTo(String orderId, long sequence) {
        List<String> numbers = new ArrayList<>();
        LongStream.rangeClosed(LOWEST, Math.min(sequence, HIGHEST)).forEach(n -> {
            numbers.add(returns(orderId, n));
            numbers.add(adds(orderId, n));
        });
        return numbers;
    }
}
