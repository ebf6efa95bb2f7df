package org.retailhub.masterdata.api;

import java.util.Objects;

/**
 * The ERP's account of one sales channel.
 *
 * @param channel the channel, as orders name it
 * @param erpPartner search key ({@code Value}) of the ERP's business partner
 */
public record SalesAccountView(String channel, String erpPartner) {
    public SalesAccountView {
        Objects.requireNonNull(channel);
        Objects.requireNonNull(erpPartner);
    }
}
