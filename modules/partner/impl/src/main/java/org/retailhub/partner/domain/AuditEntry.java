package org.retailhub.partner.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Who did what to a partner or one of its keys, and when. Appended with the deed, never changed. */
@Entity
@Table(name = "audit_entry")
public class AuditEntry {
    @Id
    @Column(name = "entry_id")
    private String id;

    @Column(name = "acted_at", nullable = false, updatable = false)
    private Instant actedAt;

    @Column(name = "actor", nullable = false, updatable = false)
    private String actor;

    @Column(name = "action", nullable = false, updatable = false)
    private String action;

    @Column(name = "partner_id", nullable = false, updatable = false)
    private String partner;

    @Column(name = "subject", nullable = false, updatable = false)
    private String subject;

    @Column(name = "detail", nullable = false, updatable = false)
    private String detail;

    /** For JPA. */
    protected AuditEntry() {}

    /**
     * @param actor the operator's credential
     * @param subject the credential, quota or partner that the deed was done to
     * @param detail for people; never a key
     */
    public AuditEntry(
            String id, Instant actedAt, String actor, String action, String partner, String subject, String detail) {
        this.id = id;
        this.actedAt = actedAt;
        this.actor = actor;
        this.action = action;
        this.partner = partner;
        this.subject = subject;
        this.detail = detail;
    }

    public String id() {
        return id;
    }

    public Instant actedAt() {
        return actedAt;
    }

    public String actor() {
        return actor;
    }

    public String action() {
        return action;
    }

    public String subject() {
        return subject;
    }

    public String detail() {
        return detail;
    }
}
