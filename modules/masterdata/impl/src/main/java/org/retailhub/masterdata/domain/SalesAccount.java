package org.retailhub.masterdata.domain;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/**
 * Under which business partner the ERP books what a channel sells. Set by a person once per channel; a change counts for
 * orders posted from then on.
 */
@Entity
@Table(name = "sales_account")
public class SalesAccount {
    /** iDempiere and its family keep a search key in 40 characters. */
    public static final int MAX_ERP_PARTNER = 40;

    @EmbeddedId
    private SalesAccountKey key;

    @Column(name = "erp_partner", nullable = false)
    private String erpPartner;

    @Version
    @Column(name = "version", nullable = false)
    private long version;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    /** For JPA. */
    protected SalesAccount() {}

    /** From now on what the channel sells is booked under this partner; the same again changes nothing. */
    void bookUnder(String otherErpPartner, Instant now) {
        if (!erpPartner.equals(otherErpPartner)) {
            erpPartner = otherErpPartner;
            updatedAt = now;
        }
    }

    public String channel() {
        return key.channel();
    }

    public String erpPartner() {
        return erpPartner;
    }

    public long version() {
        return version;
    }

    public Instant updatedAt() {
        return updatedAt;
    }
}
