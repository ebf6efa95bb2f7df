package org.retailhub.trade.uci;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;

/**
 * One invoice of the files, as it stands there.
 *
 * @param customer digits, or empty
 */
record Invoice(String number, LocalDateTime at, String customer, String country, List<Item> items) {
    record Item(String code, String description, int quantity, BigDecimal price) {}

    Invoice {
        items = List.copyOf(items);
    }

    /**
     * Whether something was sold: neither a cancellation ({@code C…}) nor an entry of bad debt ({@code A…}) nor a correction of stock
     * (nothing but zero prices, or negative quantities). A free item on an invoice with others is sold at zero.
     */
    boolean isSale() {
        return number.chars().allMatch(c -> c >= '0' && c <= '9')
                && items.stream().allMatch(item -> item.quantity > 0)
                && items.stream().anyMatch(item -> item.price.signum() > 0);
    }
}
