package org.retailhub.masterdata.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ERP's account of one sales channel.
 *
 * @param channel the channel, as orders name it
 * @param erpPartner search key ({@code Value}) of the ERP's business partner
 * @param brand under which the channel sells; null where nobody said
 * @param legalEntity that sells there: search key of the ERP's organisation; null where nobody said
 */
public record SalesAccountView(
        String channel,
        String erpPartner,
        @Nullable String brand,
        @Nullable String legalEntity) {
    public SalesAccountView {
        Objects.requireNonNull(channel);
        Objects.requireNonNull(erpPartner);
    }

    /** An account of which nobody said who sells. */
    public SalesAccountView(String channel, String erpPartner) {
        this(channel, erpPartner, null, null);
    }
}
