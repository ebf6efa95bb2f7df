package org.retailhub.masterdata.domain;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.Sku;

/**
 * A product as the hub knows it. Learnt and relearnt in batches from whoever masters it (a PIM, the ERP); never deleted, since
 * old orders name it, only made inactive.
 *
 * <p>Read through JPA; written by {@link KnownProducts#learn} in SQL, a thousand to a statement.
 */
@Entity
@Table(name = "product")
public class Product {
    @EmbeddedId
    private ProductKey key;

    @Column(name = "erp_item", nullable = false)
    private String erpItem;

    @Column(name = "name", nullable = false)
    private String name;

    @Column(name = "active", nullable = false)
    private boolean active;

    @Version
    @Column(name = "version", nullable = false)
    private long version;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    @ElementCollection(fetch = FetchType.LAZY)
    @CollectionTable(
            name = "identifier",
            joinColumns = {
                @JoinColumn(name = "tenant", referencedColumnName = "tenant"),
                @JoinColumn(name = "sku", referencedColumnName = "sku")
            })
    private Set<Identifier> identifiers;

    /** For JPA. */
    protected Product() {}

    /** What is known, in the form in which it is said. */
    public ProductContent content() {
        List<Gtin> gtins = identifiers.stream()
                .filter(identifier -> identifier.kind().equals(Identifier.GTIN))
                .map(identifier -> new Gtin(identifier.value()))
                .toList();
        return new ProductContent(new Sku(key.sku()), gtins, erpItem, name, active);
    }

    /** Counts changes, from 1; the {@code ETag}. */
    public long version() {
        return version;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }
}
