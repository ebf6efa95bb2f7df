package org.retailhub.masterdata.domain;

import org.jspecify.annotations.Nullable;

/**
 * What somebody says a customer is: validated, not yet compared with what is known.
 *
 * @param id the seller's own key in its tenant; never an e-mail address, since it outlives an erasure
 * @param erpPartner search key of the ERP's business partner
 * @param block why it may not buy; null if nothing is against it
 */
public record CustomerContent(
        String id,
        @Nullable String erpPartner,
        boolean active,
        @Nullable Block block,
        PersonalData personal) {
    public static final int MAX_ID = 64;

    /** iDempiere and its family keep a search key in 40 characters. */
    public static final int MAX_ERP_PARTNER = 40;
}
