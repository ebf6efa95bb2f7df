package org.retailhub.erp.api;

import java.util.Map;
import java.util.Set;

/** Questions about postings. Bulk: ask once for a whole batch. Never joins the caller's transaction. */
public interface Postings {
    /** Where the bean behind this interface is found from any WAR of the EAR. */
    String LOOKUP = "java:app/erp/PostingsBean!org.retailhub.erp.api.Postings";

    /** Orders that nothing was posted for have no entry. */
    Map<String, PostingView> byOrder(Set<String> orderIds);
}
