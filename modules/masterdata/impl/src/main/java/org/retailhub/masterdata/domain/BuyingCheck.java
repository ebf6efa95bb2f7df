package org.retailhub.masterdata.domain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.CustomerView;

/**
 * Whether somebody may buy, and why not: pure.
 *
 * @param exists whether the tenant has such a customer
 * @param customer the one meant; null if there is none, or several that are not told apart
 * @param reasons against it, the gravest first; empty if it may buy
 */
public record BuyingCheck(boolean exists, @Nullable CustomerView customer, List<String> reasons) {
    /** Nobody is known by this name. */
    public static final String UNKNOWN = "unknown";
    /** Several share the e-mail address or telephone number: ask by id. */
    public static final String AMBIGUOUS = "ambiguous";

    public static final String ERASED = "erased";
    public static final String INACTIVE = "inactive";

    public BuyingCheck {
        reasons = List.copyOf(reasons);
    }

    public boolean mayBuy() {
        return reasons.isEmpty();
    }

    public boolean isActive() {
        return customer != null && customer.active();
    }

    /** Of those found by one name: the only one that is active counts, however many were customers before. */
    public static BuyingCheck of(List<CustomerView> found) {
        if (found.isEmpty()) {
            return new BuyingCheck(false, null, List.of(UNKNOWN));
        }
        List<CustomerView> active = found.stream().filter(CustomerView::active).toList();
        List<CustomerView> meant = active.isEmpty() ? found : active;
        if (meant.size() > 1) {
            return new BuyingCheck(true, null, List.of(AMBIGUOUS));
        }
        CustomerView customer = meant.get(0);
        List<String> reasons = new ArrayList<>();
        if (customer.erased()) {
            reasons.add(ERASED);
        }
        if (customer.block() != null) {
            reasons.add(customer.block());
        }
        if (!customer.active()) {
            reasons.add(INACTIVE);
        }
        return new BuyingCheck(true, customer, reasons);
    }
}
