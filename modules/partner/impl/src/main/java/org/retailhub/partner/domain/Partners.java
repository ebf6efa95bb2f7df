package org.retailhub.partner.domain;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/** The registered partners and the tenants they belong to. In the caller's transaction. */
public final class Partners {
    private final EntityManager entities;

    public Partners(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Keeps the partner unless its code is taken, and its tenant unless known. Waits for a concurrent registration of the same
     * code.
     *
     * @return whether it was kept
     */
    public boolean addUnlessTaken(Partner partner) {
        entities.createNativeQuery("insert into tenant (tenant_id, created_at) values (?1, ?2) on conflict do nothing")
                .setParameter(1, partner.tenant())
                .setParameter(2, partner.createdAt())
                .executeUpdate();
        return entities.createNativeQuery(
                                "insert into partner (partner_id, tenant, name, created_at) values (?1, ?2, ?3, ?4)"
                                        + " on conflict do nothing")
                        .setParameter(1, partner.code())
                        .setParameter(2, partner.tenant())
                        .setParameter(3, partner.name())
                        .setParameter(4, partner.createdAt())
                        .executeUpdate()
                == 1;
    }

    public Optional<Partner> byCode(String code) {
        return Optional.ofNullable(entities.find(Partner.class, code));
    }

    /** In order of their codes, those after {@code after} (exclusive; empty: from the first). */
    public List<Partner> page(String after, int limit) {
        return entities.createQuery("select p from Partner p where p.code > :after order by p.code", Partner.class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList();
    }
}
