package org.retailhub.partner.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one API key may do. Issued for a partner, never changed, and revoked once; to change scopes, issue another and revoke
 * this one. Rotated once: its successor has the same name and rights, and this one ends at a stated time.
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
    private @Nullable Instant revokedAt;

    @Column(name = "ends_at")
    private @Nullable Instant endsAt;

    @Column(name = "replaces", updatable = false)
    private @Nullable String replaces;

    /** Written in bulk beside this class, never by it. */
    @Column(name = "last_used_at", insertable = false, updatable = false)
    private @Nullable Instant lastUsedAt;

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

    /**
     * The successor, under the same name and with the same rights; this one ends at {@code end}. Only a live one that was not rotated
     * before can be.
     */
    public Credential rotate(String successorId, ApiKey key, Instant now, Instant end) {
        Credential successor = new Credential();
        successor.id = successorId;
        successor.keySha256 = key.sha256();
        successor.partner = partner;
        successor.tenant = tenant;
        successor.scopes = scopes;
        successor.channels = channels;
        successor.name = name;
        successor.createdAt = now;
        successor.replaces = id;
        endsAt = end;
        return successor;
    }

    public boolean isLive(Instant now) {
        return revokedAt == null && (endsAt == null || endsAt.isAfter(now));
    }

    /** Neither revoked nor on its way out. */
    public boolean isCurrent() {
        return revokedAt == null && endsAt == null;
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

    /** Stated when it was rotated: the gates know the key until then, and for at most 5 s more. */
    public Optional<Instant> endsAt() {
        return Optional.ofNullable(endsAt);
    }

    /** The credential that this one takes over from. */
    public Optional<String> replaces() {
        return Optional.ofNullable(replaces);
    }

    /** To about a minute. */
    public Optional<Instant> lastUsedAt() {
        return Optional.ofNullable(lastUsedAt);
    }
}
