package org.retailhub.partner;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.retailhub.partner.domain.ApiKey;
import org.retailhub.partner.domain.AuditEntry;
import org.retailhub.partner.domain.AuditTrail;
import org.retailhub.partner.domain.Credential;
import org.retailhub.partner.domain.Credentials;
import org.retailhub.partner.domain.Partner;
import org.retailhub.partner.domain.Partners;
import org.retailhub.platform.kernel.Ulid;

/** Takes partners in, gives them keys, and takes keys back. In the transaction of the door. */
public final class PartnerOnboarding {
    /** What came of a registration. */
    public sealed interface Registration {
        /** @param isNew false if the same registration was made before */
        record Registered(Partner partner, boolean isNew) implements Registration {}

        /** The code is taken by a partner that differs in {@code fields}. Nothing was changed. */
        record Differs(List<String> fields) implements Registration {}
    }

    /** What came of a request for a key. */
    public sealed interface Issue {
        /** @param key for the one answer that shows it; it cannot be had again */
        record Issued(Credential credential, ApiKey key) implements Issue {}

        /** A live credential of the partner has this name already. Nothing was changed. */
        record NameTaken(String credentialId) implements Issue {}
    }

    /** What came of a rotation. */
    public sealed interface Rotation {
        /**
         * @param old ends at a stated time
         * @param key of {@code fresh}, for the one answer that shows it
         */
        record Rotated(Credential old, Credential fresh, ApiKey key) implements Rotation {}

        /** It was revoked, or rotated before ({@code successor}). Nothing was changed. */
        record NotCurrent(Optional<String> successor) implements Rotation {}
    }

    private final Partners partners;
    private final Credentials credentials;
    private final AuditTrail audit;
    private final Clock clock;
    private final SecureRandom random;
    private final Ulid ids;

    public PartnerOnboarding(
            Partners partners, Credentials credentials, AuditTrail audit, Clock clock, SecureRandom random) {
        this.partners = partners;
        this.credentials = credentials;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        this.ids = new Ulid(clock);
    }

    /** Idempotent by the partner's code: the same content again gives the same partner. */
    public Registration register(String actor, String code, String tenant, String name) {
        boolean isNew = partners.addUnlessTaken(Partner.register(code, tenant, name, now()));
        if (isNew) {
            audit(actor, "partner-registered", code, code, "tenant " + tenant);
        }
        Partner partner = partners.byCode(code).orElseThrow();
        List<String> differences = partner.differences(tenant, name);
        return differences.isEmpty()
                ? new Registration.Registered(partner, isNew)
                : new Registration.Differs(differences);
    }

    /** A new key for the partner; empty if there is no such partner. */
    public Optional<Issue> issue(
            String actor, String partnerCode, String name, Set<String> scopes, Set<String> channels) {
        return partners.byCode(partnerCode).map(partner -> issue(actor, partner, name, scopes, channels));
    }

    private Issue issue(String actor, Partner partner, String name, Set<String> scopes, Set<String> channels) {
        Optional<Credential> live = credentials.liveByName(partner, name);
        if (live.isPresent()) {
            return new Issue.NameTaken(live.get().id());
        }
        ApiKey key = ApiKey.generate(random);
        Credential credential = Credential.issue(ids.next(), key, partner, scopes, channels, name, now());
        credentials.add(credential);
        audit(
                actor,
                "key-issued",
                partner.code(),
                credential.id(),
                name + ": " + String.join(" ", credential.scopes())
                        + (channels.isEmpty() ? "" : ", channels " + String.join(" ", credential.channels())));
        return new Issue.Issued(credential, key);
    }

    /**
     * A second key under the same name, while the first lives on for {@code overlap}; empty if the partner has no such credential.
     * Not idempotent, as issuing is not: if the answer was lost, a repetition names the successor, which can be rotated in its turn.
     */
    public Optional<Rotation> rotate(String actor, String partnerCode, String credentialId, Duration overlap) {
        return credentials.ofPartner(partnerCode, credentialId).map(old -> rotate(actor, partnerCode, old, overlap));
    }

    private Rotation rotate(String actor, String partnerCode, Credential old, Duration overlap) {
        if (!old.isCurrent()) {
            return new Rotation.NotCurrent(credentials.successorOf(old).map(Credential::id));
        }
        Instant now = now();
        ApiKey key = ApiKey.generate(random);
        Credential fresh = old.rotate(ids.next(), key, now, now.plus(overlap));
        credentials.addSuccessor(fresh);
        audit(
                actor,
                "key-rotated",
                partnerCode,
                old.id(),
                "ends " + old.endsAt().orElseThrow() + ", successor " + fresh.id());
        return new Rotation.Rotated(old, fresh, key);
    }

    /** @return whether the partner has such a credential, live or revoked before */
    public boolean revoke(String actor, String partnerCode, String credentialId) {
        Optional<Credential> credential = credentials.ofPartner(partnerCode, credentialId);
        credential.filter(found -> found.revokedAt().isEmpty()).ifPresent(found -> {
            found.revoke(now());
            audit(actor, "key-revoked", partnerCode, found.id(), found.name());
        });
        return credential.isPresent();
    }

    private void audit(String actor, String action, String partner, String subject, String detail) {
        audit.append(new AuditEntry(ids.next(), now(), actor, action, partner, subject, detail));
    }

    /** What the database keeps: microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
