package org.retailhub.partner;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.retailhub.partner.domain.ApiKey;
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

    private final Partners partners;
    private final Credentials credentials;
    private final Clock clock;
    private final SecureRandom random;
    private final Ulid ids;

    public PartnerOnboarding(Partners partners, Credentials credentials, Clock clock, SecureRandom random) {
        this.partners = partners;
        this.credentials = credentials;
        this.clock = clock;
        this.random = random;
        this.ids = new Ulid(clock);
    }

    /** Idempotent by the partner's code: the same content again gives the same partner. */
    public Registration register(String code, String tenant, String name) {
        boolean isNew = partners.addUnlessTaken(Partner.register(code, tenant, name, now()));
        Partner partner = partners.byCode(code).orElseThrow();
        List<String> differences = partner.differences(tenant, name);
        return differences.isEmpty()
                ? new Registration.Registered(partner, isNew)
                : new Registration.Differs(differences);
    }

    /** A new key for the partner; empty if there is no such partner. */
    public Optional<Issue> issue(String partnerCode, String name, Set<String> scopes, Set<String> channels) {
        return partners.byCode(partnerCode).map(partner -> issue(partner, name, scopes, channels));
    }

    private Issue issue(Partner partner, String name, Set<String> scopes, Set<String> channels) {
        Optional<Credential> live = credentials.liveByName(partner, name);
        if (live.isPresent()) {
            return new Issue.NameTaken(live.get().id());
        }
        ApiKey key = ApiKey.generate(random);
        Credential credential = Credential.issue(ids.next(), key, partner, scopes, channels, name, now());
        credentials.add(credential);
        return new Issue.Issued(credential, key);
    }

    /** @return whether the partner has such a credential, live or revoked before */
    public boolean revoke(String partnerCode, String credentialId) {
        Optional<Credential> credential = credentials.ofPartner(partnerCode, credentialId);
        credential.ifPresent(found -> found.revoke(now()));
        return credential.isPresent();
    }

    /** What the database keeps: microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
