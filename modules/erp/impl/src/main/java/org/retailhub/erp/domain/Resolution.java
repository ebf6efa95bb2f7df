package org.retailhub.erp.domain;

import org.retailhub.erp.api.ErpError;

/**
 * Whether the ERP could make a whole document of a booking.
 *
 * @param <D> the document as the adapter writes it
 */
public sealed interface Resolution<D> {
    record Bookable<D>(D document) implements Resolution<D> {}

    /** It would refuse it, or worse make a part of it. */
    record Fault<D>(ErpError error, String detail) implements Resolution<D> {}
}
