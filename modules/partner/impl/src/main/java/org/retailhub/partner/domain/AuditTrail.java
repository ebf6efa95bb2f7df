package org.retailhub.partner.domain;

import jakarta.persistence.EntityManager;
import java.util.List;

/** What was done to partners and their keys. In the caller's transaction: no deed without its entry, no entry without its deed. */
public final class AuditTrail {
    private final EntityManager entities;

    public AuditTrail(EntityManager entities) {
        this.entities = entities;
    }

    public void append(AuditEntry entry) {
        entities.persist(entry);
    }

    /** Of one partner, newest first, those before {@code before} (exclusive; empty: from the newest). */
    public List<AuditEntry> page(String partner, String before, int limit) {
        return entities.createQuery(
                        "select a from AuditEntry a where a.partner = :partner and (:before = '' or a.id < :before)"
                                + " order by a.id desc",
                        AuditEntry.class)
                .setParameter("partner", partner)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
    }
}
