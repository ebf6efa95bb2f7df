package org.retailhub.partner.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one API key may do. Issued for a partner, never changed, and revoked once; to change scopes, issue another and revoke
 * this one.
 */
@Entity
@Table(name = "credential")
public class Credential {
    @Id
    @Column(name = "credential_id")
    private String id;

    @Column(name = "key_sha256", nullable = false, updatable = false)
    private byte[] keySha256;

    @Column(name = "partner_id", updatable = false)
    private String partner;

    @Column(name = "tenant", nullable = false, updatable = false)
    private String tenant;

    @Column(name = "scopes", nullable = false, updatable = false)
    private String[] scopes;

    @Column(name = "channels", nullable = false, updatable = false)
    private String[] channels;

    @Column(name = "name", nullable = false, updatable = false)
    private String name;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    /** For JPA. */
    protected Credential() {}

    private Credential(
            String id,
            byte[] keySha256,
            Partner partner,
            Set<String> scopes,
            Set<String> channels,
            String name,
            Instant now) {
        this.id = id;
        this.keySha256 = keySha256;
        this.partner = partner.code();
        this.tenant = partner.tenant();
        this.scopes = scopes.stream().sorted().toArray(String[]::new);
        this.channels = channels.stream().sorted().toArray(String[]::new);
        this.name = name;
        this.createdAt = now;
    }

    /** A live credential of the partner, with the partner's tenant. */
    public static Credential issue(
            String id,
            ApiKey key,
            Partner partner,
            Set<String> scopes,
            Set<String> channels,
            String name,
            Instant now) {
        return new Credential(id, key.sha256(), partner, scopes, channels, name, now);
    }

    /** From now on the key is unknown to every gate. Revoking again keeps the first time. */
    public void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }

    public boolean isLive() {
        return revokedAt == null;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public List<String> scopes() {
        return List.of(scopes);
    }

    public List<String> channels() {
        return List.of(channels);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Optional<Instant> revokedAt() {
        return Optional.ofNullable(revokedAt);
    }
}
