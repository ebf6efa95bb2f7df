package org.retailhub.partner.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who calls the hub: a marketplace integrator, a web shop, a chain's own till system. Registered once under a code
 * that never changes, and belongs to one tenant, whose data is all it can ever see.
 */
@Entity
@Table(name = "partner")
public class Partner {
    @Id
    @Column(name = "partner_id")
    private String code;

    @Column(name = "tenant", nullable = false, updatable = false)
    private String tenant;

    @Column(name = "name", nullable = false, updatable = false)
    private String name;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    /** For JPA. */
    protected Partner() {}

    private Partner(String code, String tenant, String name, Instant createdAt) {
        this.code = code;
        this.tenant = tenant;
        this.name = name;
        this.createdAt = createdAt;
    }

    /** A partner as registered for the first time; the arguments were validated at the door. */
    public static Partner register(String code, String tenant, String name, Instant now) {
        return new Partner(code, tenant, name, now);
    }

    /** The fields in which a repeated registration differs from this one; empty when it says the same. */
    public List<String> differences(String otherTenant, String otherName) {
        List<String> fields = new ArrayList<>();
        if (!tenant.equals(otherTenant)) {
            fields.add("tenant");
        }
        if (!name.equals(otherName)) {
            fields.add("name");
        }
        return fields;
    }

    public String code() {
        return code;
    }

    public String tenant() {
        return tenant;
    }

    public String name() {
        return name;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
