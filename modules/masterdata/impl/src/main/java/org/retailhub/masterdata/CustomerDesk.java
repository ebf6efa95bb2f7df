package org.retailhub.masterdata;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.retailhub.masterdata.AuditTrail.Entry;
import org.retailhub.masterdata.KnownCustomers.Erasure;
import org.retailhub.masterdata.KnownCustomers.Stored;
import org.retailhub.masterdata.api.CustomerView;
import org.retailhub.masterdata.domain.BuyingCheck;
import org.retailhub.masterdata.domain.Customer;
import org.retailhub.masterdata.domain.CustomerContent;
import org.retailhub.masterdata.domain.CustomerLearning;
import org.retailhub.masterdata.domain.CustomerLearning.Decision;
import org.retailhub.masterdata.domain.LookupHash;
import org.retailhub.masterdata.domain.PersonalDataMode;

/** What is done to customers, whichever way it came. Changes in the caller's transaction, each with its audit entry. */
public final class CustomerDesk {
    private final KnownCustomers customers;
    private final LookupHash hashes;
    private final AuditTrail audit;
    private final Clock clock;

    public CustomerDesk(KnownCustomers customers, LookupHash hashes, AuditTrail audit, Clock clock) {
        this.customers = customers;
        this.hashes = hashes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Takes over what is new. Waits for other calls that change customers of the tenant.
     *
     * @param contents with different ids
     * @param actor who says so
     * @return what came of each; those that were erased are not written, the others are
     */
    public Map<String, Decision> learn(String tenant, List<CustomerContent> contents, String actor) {
        customers.lock(tenant);
        PersonalDataMode mode = customers.mode(tenant);
        List<Customer> next = contents.stream()
                .map(content -> Customer.of(content, mode, hashes, tenant))
                .toList();
        return store(tenant, next, known(tenant, next), actor);
    }

    private Map<String, Customer> known(String tenant, List<Customer> next) {
        return customers.find(tenant, next.stream().map(Customer::id).toList()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().customer()));
    }

    private Map<String, Decision> store(String tenant, List<Customer> next, Map<String, Customer> known, String actor) {
        Instant now = now();
        Map<String, Decision> decisions = CustomerLearning.decide(known, next);
        List<Customer> changed = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (Customer each : next) {
            Decision decision = Objects.requireNonNull(decisions.get(each.id()), "each customer is decided");
            if (decision.writes()) {
                changed.add(each);
                entries.add(new Entry(
                        decision.verdict() == CustomerLearning.Verdict.CREATED
                                ? "customer-created"
                                : "customer-changed",
                        subject(each.id()),
                        String.join(" ", decision.changed())));
            }
        }
        if (!changed.isEmpty()) {
            customers.store(tenant, changed, now);
            audit.append(tenant, actor, now, entries);
        }
        return decisions;
    }

    public Optional<Stored> find(String tenant, String id) {
        return customers.find(tenant, id);
    }

    /** The known ones among {@code ids}. */
    public Map<String, CustomerView> views(String tenant, Set<String> ids) {
        return customers.views(tenant, ids);
    }

    /** By one indexed query; needs no transaction. */
    public BuyingCheck checkById(String tenant, String id) {
        return BuyingCheck.of(customers.byId(tenant, id));
    }

    /** As {@link #checkById}. @throws org.retailhub.platform.kernel.RetailException without a key for looking people up */
    public BuyingCheck checkByEmail(String tenant, String email) {
        return BuyingCheck.of(customers.byEmail(tenant, hashes.findingEmail(tenant, email)));
    }

    /** As {@link #checkByEmail}. */
    public BuyingCheck checkByPhone(String tenant, String phone) {
        return BuyingCheck.of(customers.byPhone(tenant, hashes.findingPhone(tenant, phone)));
    }

    /**
     * Erases the personal data of a customer; what orders and postings hold by its id stays. Idempotent: done once, it tells of that.
     *
     * @return empty if there is no such customer
     */
    public Optional<Erasure> erase(String tenant, String id, String actor, String reason) {
        customers.lock(tenant);
        Optional<Erasure> before = customers.erasure(tenant, id);
        if (before.isPresent() || customers.find(tenant, id).isEmpty()) {
            return before;
        }
        Erasure erasure = new Erasure(id, now(), actor, reason);
        customers.erase(tenant, erasure);
        audit.append(
                tenant,
                actor,
                erasure.erasedAt(),
                List.of(new Entry("customer-erased", subject(id), erasure.reason())));
        return Optional.of(erasure);
    }

    public PersonalDataMode mode(String tenant) {
        return customers.mode(tenant);
    }

    /** From now on. What is readable is taken away at once; what was taken away does not come back by itself. */
    public void keep(String tenant, PersonalDataMode mode, String actor) {
        customers.lock(tenant);
        if (customers.mode(tenant) == mode) {
            return;
        }
        Instant now = now();
        customers.setMode(tenant, mode, actor, now);
        int forgotten = mode == PersonalDataMode.HASH_ONLY ? customers.forgetReadable(tenant, now) : 0;
        audit.append(
                tenant,
                actor,
                now,
                List.of(new Entry(
                        "personal-data-mode", "tenant " + tenant, mode.wire() + ", forgotten: " + forgotten)));
    }

    /** What the database keeps: microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String subject(String id) {
        return "customer " + id;
    }
}
