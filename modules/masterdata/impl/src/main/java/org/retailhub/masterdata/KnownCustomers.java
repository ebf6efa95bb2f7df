package org.retailhub.masterdata;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.CustomerView;
import org.retailhub.masterdata.domain.Block;
import org.retailhub.masterdata.domain.Customer;
import org.retailhub.masterdata.domain.PersonalData;
import org.retailhub.masterdata.domain.PersonalDataMode;
import org.retailhub.platform.runtime.sql.Database;

/** The customers of all tenants, one tenant a call. Changes in the caller's transaction. */
public final class KnownCustomers {
    /** A customer with what counts its changes. */
    public record Stored(Customer customer, long version, Instant updatedAt) {}

    /** That somebody's personal data were erased. */
    public record Erasure(String id, Instant erasedAt, String erasedBy, String reason) {}

    private static final String COLUMNS = """
            customer_id, erp_partner, active, block, name, email, phone, tax_id, line1, line2, city, postal_code, region, country,
            encode(email_hash, 'hex'), encode(phone_hash, 'hex'), erased_at, version, updated_at""";

    private static final String VIEW =
            "select customer_id, erp_partner, active, block, erased_at is not null from customer ";
    /** Who shares an e-mail address with two others is not told apart by it. */
    private static final int ENOUGH_TO_TELL = 3;

    private final Database database;

    public KnownCustomers(Database database) {
        this.database = database;
    }

    /** Until the transaction ends no other call changes the tenant's customers, or how they are kept. */
    void lock(String tenant) {
        database.query("select pg_advisory_xact_lock(hashtextextended('customers of ' || ?, 0))", row -> 0, tenant);
    }

    PersonalDataMode mode(String tenant) {
        return database.queryOne(
                        "select mode from personal_data_mode where tenant = ?", row -> row.getString(1), tenant)
                .flatMap(PersonalDataMode::named)
                .orElse(PersonalDataMode.READABLE);
    }

    Optional<Stored> find(String tenant, String id) {
        return Optional.ofNullable(find(tenant, List.of(id)).get(id));
    }

    Map<String, Stored> find(String tenant, Collection<String> ids) {
        Map<String, Stored> found = new HashMap<>();
        database.query(
                        "select " + COLUMNS + " from customer where tenant = ? and customer_id = any(?)",
                        KnownCustomers::stored,
                        tenant,
                        ids.toArray(String[]::new))
                .forEach(each -> found.put(each.customer().id(), each));
        return found;
    }

    /** The known ones among {@code ids}; one query whatever the number. */
    Map<String, CustomerView> views(String tenant, Set<String> ids) {
        Map<String, CustomerView> views = new HashMap<>();
        database.query(
                        VIEW + "where tenant = ? and customer_id = any(?)",
                        KnownCustomers::view,
                        tenant,
                        ids.toArray(String[]::new))
                .forEach(each -> views.put(each.id(), each));
        return views;
    }

    List<CustomerView> byId(String tenant, String id) {
        return database.query(VIEW + "where tenant = ? and customer_id = ?", KnownCustomers::view, tenant, id);
    }

    /** @param hashes one for each key that may have been used, in hexadecimal digits */
    List<CustomerView> byEmail(String tenant, List<String> hashes) {
        return byHash("email_hash", tenant, hashes);
    }

    /** As {@link #byEmail}. */
    List<CustomerView> byPhone(String tenant, List<String> hashes) {
        return byHash("phone_hash", tenant, hashes);
    }

    private List<CustomerView> byHash(String column, String tenant, List<String> hashes) {
        return database.query(
                VIEW + "where " + column
                        + " = any(array(select decode(h, 'hex') from unnest(?) as u(h))) and tenant = ?"
                        + " order by active desc limit " + ENOUGH_TO_TELL,
                KnownCustomers::view,
                hashes.toArray(String[]::new),
                tenant);
    }

    /** Replaces what is known of each, by one statement. */
    void store(String tenant, List<Customer> changed, Instant now) {
        database.update(
                """
                insert into customer (tenant, customer_id, erp_partner, active, block, name, email, phone, tax_id, line1, line2,
                  city, postal_code, region, country, email_hash, phone_hash, version, created_at, updated_at)
                select ?, u.customer_id, u.erp_partner, u.active, u.block, u.name, u.email, u.phone, u.tax_id, u.line1, u.line2,
                  u.city, u.postal_code, u.region, u.country, decode(u.email_hash, 'hex'), decode(u.phone_hash, 'hex'), 1, ?, ?
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as u(customer_id, erp_partner, active, block, name,
                  email, phone, tax_id, line1, line2, city, postal_code, region, country, email_hash, phone_hash)
                on conflict (tenant, customer_id) do update set erp_partner = excluded.erp_partner, active = excluded.active,
                  block = excluded.block, name = excluded.name, email = excluded.email, phone = excluded.phone,
                  tax_id = excluded.tax_id, line1 = excluded.line1, line2 = excluded.line2, city = excluded.city,
                  postal_code = excluded.postal_code, region = excluded.region, country = excluded.country,
                  email_hash = excluded.email_hash, phone_hash = excluded.phone_hash, version = customer.version + 1,
                  updated_at = excluded.updated_at
                where customer.erased_at is null""",
                tenant,
                now,
                now,
                Columns.texts(changed, Customer::id),
                Columns.texts(changed, Customer::erpPartner),
                changed.stream().map(Customer::active).toArray(Boolean[]::new),
                Columns.texts(changed, each -> block(each.block())),
                Columns.texts(changed, each -> each.personal().name()),
                Columns.texts(changed, each -> each.personal().email()),
                Columns.texts(changed, each -> each.personal().phone()),
                Columns.texts(changed, each -> each.personal().taxId()),
                Columns.texts(changed, each -> each.personal().line1()),
                Columns.texts(changed, each -> each.personal().line2()),
                Columns.texts(changed, each -> each.personal().city()),
                Columns.texts(changed, each -> each.personal().postalCode()),
                Columns.texts(changed, each -> each.personal().region()),
                Columns.texts(changed, each -> each.personal().country()),
                Columns.texts(changed, Customer::emailHash),
                Columns.texts(changed, Customer::phoneHash));
    }

    Optional<Erasure> erasure(String tenant, String id) {
        return database.queryOne(
                "select customer_id, erased_at, erased_by, reason from customer_erasure where tenant = ? and customer_id = ?",
                row -> new Erasure(row.getString(1), instant(row, 2), row.getString(3), row.getString(4)),
                tenant,
                id);
    }

    /** Takes away all that is personal, and its hashes, and keeps that it was done. */
    void erase(String tenant, Erasure erasure) {
        database.update("""
                update customer set active = false, name = null, email = null, phone = null, tax_id = null, line1 = null,
                  line2 = null, city = null, postal_code = null, region = null, country = null, email_hash = null,
                  phone_hash = null, erased_at = ?, updated_at = ?, version = version + 1
                where tenant = ? and customer_id = ?""", erasure.erasedAt(), erasure.erasedAt(), tenant, erasure.id());
        database.update(
                "insert into customer_erasure (tenant, customer_id, erased_at, erased_by, reason) values (?, ?, ?, ?, ?)",
                tenant,
                erasure.id(),
                erasure.erasedAt(),
                erasure.erasedBy(),
                erasure.reason());
    }

    void setMode(String tenant, PersonalDataMode mode, String actor, Instant now) {
        database.update("""
                insert into personal_data_mode (tenant, mode, set_at, set_by) values (?, ?, ?, ?)
                on conflict (tenant) do update set mode = excluded.mode, set_at = excluded.set_at, set_by = excluded.set_by""", tenant, mode.wire(), now, actor);
    }

    /** Leaves hashes only. @return of how many customers something was taken away */
    int forgetReadable(String tenant, Instant now) {
        return database.update("""
                update customer set name = null, email = null, phone = null, tax_id = null, line1 = null, line2 = null, city = null,
                  postal_code = null, region = null, country = null, version = version + 1, updated_at = ?
                where tenant = ? and num_nonnulls(name, email, phone, tax_id, line1, line2, city, postal_code, region, country) > 0""", now, tenant);
    }

    private static @Nullable String block(@Nullable Block block) {
        return block == null ? null : block.wire();
    }

    private static CustomerView view(ResultSet row) throws SQLException {
        return new CustomerView(
                row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4), row.getBoolean(5));
    }

    private static Stored stored(ResultSet row) throws SQLException {
        PersonalData personal = new PersonalData(
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getString(14));
        String block = row.getString(4);
        Customer customer = new Customer(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                block == null ? null : Block.named(block).orElseThrow(),
                personal,
                row.getString(15),
                row.getString(16),
                row.getObject(17) == null ? null : instant(row, 17));
        return new Stored(customer, row.getLong(18), instant(row, 19));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
