package org.retailhub.erp.domain;

import org.retailhub.erp.api.ErpError;

/**
 * Whether the ERP could make whole documents of what is wanted.
 *
 * @param <D> the documents as the adapter writes them
 */
public sealed interface Resolution<D> {
    record Bookable<D>(D document) implements Resolution<D> {}

    /** It would refuse it, or worse make a part of it. */
    record Fault<D>(ErpError error, String detail) implements Resolution<D> {}

    /** Of a correction: the ERP's books are as they are wanted already. */
    record AsWanted<D>() implements Resolution<D> {}

    /** Of a correction: no document of this ERP says it, a person has to. */
    record ByPerson<D>(String reason) implements Resolution<D> {}
}
