package org.retailhub.partner.domain;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** The credentials of partners, live and revoked. In the caller's transaction. */
public final class Credentials {
    private final EntityManager entities;

    public Credentials(EntityManager entities) {
        this.entities = entities;
    }

    public void add(Credential credential) {
        entities.persist(credential);
    }

    /** What was changed becomes visible to the statements that follow: a name is free for the successor. */
    public void addSuccessor(Credential successor) {
        entities.flush();
        entities.persist(successor);
    }

    /** The current credential of this name; locks the partner, so that two requests cannot both find none. */
    public Optional<Credential> liveByName(Partner partner, String name) {
        entities.lock(partner, LockModeType.PESSIMISTIC_WRITE);
        return entities.createQuery(
                        "select c from Credential c where c.partner = :partner and c.name = :name"
                                + " and c.revokedAt is null and c.endsAt is null",
                        Credential.class)
                .setParameter("partner", partner.code())
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    /** For a change: locks it, so that of two changes the second sees the first. */
    public Optional<Credential> ofPartner(String partnerCode, String credentialId) {
        return entities.createQuery(
                        "select c from Credential c where c.partner = :partner and c.id = :id", Credential.class)
                .setParameter("partner", partnerCode)
                .setParameter("id", credentialId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /** The one that took over from it. */
    public Optional<Credential> successorOf(Credential credential) {
        return entities.createQuery("select c from Credential c where c.replaces = :id", Credential.class)
                .setParameter("id", credential.id())
                .getResultStream()
                .findFirst();
    }

    /** All of one partner, oldest first. */
    public List<Credential> allOf(String partnerCode) {
        return entities.createQuery(
                        "select c from Credential c where c.partner = :partner order by c.createdAt, c.id",
                        Credential.class)
                .setParameter("partner", partnerCode)
                .getResultList();
    }
}
