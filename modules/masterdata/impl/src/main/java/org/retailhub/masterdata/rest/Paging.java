package org.retailhub.masterdata.rest;

import java.util.List;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.RuntimeError;

/** How long a page is. */
final class Paging {
    private static final int MAX_PAGE = 500;

    private Paging() {}

    /** @throws RetailException {@link RuntimeError#INVALID_PARAMETER} */
    static int size(String limit) {
        if (limit.matches("[0-9]{1,4}") && Integer.parseInt(limit) >= 1 && Integer.parseInt(limit) <= MAX_PAGE) {
            return Integer.parseInt(limit);
        }
        String rule = "1 to " + MAX_PAGE;
        throw new RetailException(
                RuntimeError.INVALID_PARAMETER, "limit: " + rule, List.of(new Violation("limit", rule)), null);
    }
}
