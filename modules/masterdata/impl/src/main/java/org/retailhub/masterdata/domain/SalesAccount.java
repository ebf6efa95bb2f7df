package org.retailhub.masterdata.domain;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Under which business partner the ERP books what a channel sells. Set by a person once per channel; a change counts for
 * orders posted from then on.
 */
@Entity
@Table(name = "sales_account")
public class SalesAccount {
    /** iDempiere and its family keep a search key in 40 characters. */
    public static final int MAX_ERP_PARTNER = 40;

    /** Of a brand and of a legal entity. */
    public static final int MAX_SELLER = 40;

    @EmbeddedId
    private SalesAccountKey key;

    @Column(name = "erp_partner", nullable = false)
    private String erpPartner;

    @Column(name = "brand")
    private @Nullable String brand;

    @Column(name = "legal_entity")
    private @Nullable String legalEntity;

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
    void bookUnder(
            String otherErpPartner, @Nullable String otherBrand, @Nullable String otherLegalEntity, Instant now) {
        if (!erpPartner.equals(otherErpPartner)
                || !Objects.equals(brand, otherBrand)
                || !Objects.equals(legalEntity, otherLegalEntity)) {
            erpPartner = otherErpPartner;
            brand = otherBrand;
            legalEntity = otherLegalEntity;
            updatedAt = now;
        }
    }

    public String channel() {
        return key.channel();
    }

    public String erpPartner() {
        return erpPartner;
    }

    /** Under which the channel sells; null where nobody said. */
    public @Nullable String brand() {
        return brand;
    }

    /** That sells there; null where nobody said. */
    public @Nullable String legalEntity() {
        return legalEntity;
    }

    public long version() {
        return version;
    }

    public Instant updatedAt() {
        return updatedAt;
    }
}
