package org.retailhub.order;

import jakarta.ejb.EJBException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.CustomerView;
import org.retailhub.masterdata.api.Customers;
import org.retailhub.masterdata.api.TaxCodeView;
import org.retailhub.masterdata.api.TaxCodes;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.canonical.FulfilmentPolicy;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.TaxRule;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Completes orders with what the channel does not say: the customer as master data knows it, who sells, and by which rule, of which version, the sale
 * is taxed. The document stays as the channel told it.
 */
public final class Completion {
    /** An order to be completed. */
    public record Wanted(
            String orderId, String tenant, int revision, OrderDocument document, FulfilmentPolicy policy) {}

    /**
     * What an order was completed with.
     *
     * @param customerId null if the channel named nobody whom master data knows
     * @param block why the customer may not buy; null if nothing is against it
     * @param taxRule null if no rule fitted
     * @param taxRate in percent; null if master data does not know the code
     * @param collectedBy {@code seller}, {@code marketplace}, or {@code unknown} if no rule fitted
     */
    public record Completed(
            String orderId,
            int revision,
            @Nullable String customerId,
            @Nullable String erpPartner,
            @Nullable String block,
            @Nullable String legalEntity,
            boolean facilitator,
            long rulesVersion,
            @Nullable String taxRule,
            @Nullable String taxCode,
            @Nullable BigDecimal taxRate,
            String collectedBy) {}

    private final Database database;
    private final TaxTables tables;
    private final Customers customers;
    private final TaxCodes taxCodes;

    Completion(Database database, TaxTables tables, Customers customers, TaxCodes taxCodes) {
        this.database = database;
        this.tables = tables;
        this.customers = customers;
        this.taxCodes = taxCodes;
    }

    /**
     * Outside any transaction: two questions to master data for each tenant of the batch.
     *
     * @return by order
     * @throws RetailException {@link OrderError#MASTER_DATA_DOWN}
     */
    Map<String, Completed> complete(Collection<Wanted> wanted) {
        Map<String, List<Wanted>> byTenant = new HashMap<>();
        wanted.forEach(each -> byTenant.computeIfAbsent(each.tenant(), tenant -> new ArrayList<>())
                .add(each));
        Map<String, TaxRule.Table> rules = tables.of(byTenant.keySet());
        Map<String, Completed> completed = new HashMap<>();
        byTenant.forEach((tenant, batch) -> {
            TaxRule.Table table = rules.getOrDefault(tenant, TaxRule.Table.NONE);
            Map<String, CustomerView> known = known(tenant, batch);
            Map<String, TaxCodeView> codes = codes(tenant, table);
            batch.forEach(each -> completed.put(each.orderId(), complete(each, table, known, codes)));
        });
        return completed;
    }

    private Map<String, CustomerView> known(String tenant, List<Wanted> batch) {
        Set<String> references = new HashSet<>();
        batch.forEach(each -> reference(each.document()).ifPresent(references::add));
        try {
            return references.isEmpty() ? Map.of() : customers.byId(tenant, references);
        } catch (RetailException | EJBException e) {
            throw new RetailException(OrderError.MASTER_DATA_DOWN, String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<String> reference(OrderDocument document) {
        OrderDocument.Customer customer = document.customer();
        return customer == null ? Optional.empty() : Optional.ofNullable(customer.reference());
    }

    private Map<String, TaxCodeView> codes(String tenant, TaxRule.Table table) {
        Set<String> codes = new HashSet<>();
        for (TaxRule rule : table.rules()) {
            String code = rule.taxCode();
            if (code != null) {
                codes.add(code);
            }
        }
        try {
            return codes.isEmpty() ? Map.of() : taxCodes.byCode(tenant, codes);
        } catch (RetailException | EJBException e) {
            throw new RetailException(OrderError.MASTER_DATA_DOWN, String.valueOf(e.getMessage()), e);
        }
    }

    private static Completed complete(
            Wanted wanted, TaxRule.Table table, Map<String, CustomerView> known, Map<String, TaxCodeView> codes) {
        FulfilmentPolicy policy = wanted.policy();
        OrderDocument.Address to = wanted.document().shipTo();
        Optional<TaxRule> rule = table.of(new TaxRule.Sale(
                to == null ? null : to.country(),
                to == null ? null : to.region(),
                policy.legalEntity(),
                policy.facilitator()));
        CustomerView customer = reference(wanted.document()).map(known::get).orElse(null);
        String code = rule.map(TaxRule::taxCode).orElse(null);
        TaxCodeView tax = code == null ? null : codes.get(code);
        return new Completed(
                wanted.orderId(),
                wanted.revision(),
                customer == null ? null : customer.id(),
                customer == null ? null : customer.erpPartner(),
                customer == null || customer.mayBuy() ? null : why(customer),
                policy.legalEntity(),
                policy.facilitator(),
                table.version(),
                rule.map(TaxRule::id).orElse(null),
                code,
                tax == null ? null : tax.rate(),
                rule.map(each -> each.collectedBy().wire()).orElse("unknown"));
    }

    private static String why(CustomerView customer) {
        String block = customer.block();
        return block != null ? block : customer.erased() ? "erased" : "no customer any more";
    }

    /** In the caller's transaction, which has the orders' rows locked. */
    void write(Collection<Completed> completed, Instant now) {
        if (completed.isEmpty()) {
            return;
        }
        List<Completed> all = List.copyOf(completed);
        database.update(
                """
                insert into order_completion (completed_at, order_id, revision, customer_id, erp_partner, legal_entity, facilitator,
                  rules_version, tax_rule, tax_code, tax_rate, collected_by)
                select ?, * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (order_id) do update set completed_at = excluded.completed_at, revision = excluded.revision,
                  customer_id = excluded.customer_id, erp_partner = excluded.erp_partner, legal_entity = excluded.legal_entity,
                  facilitator = excluded.facilitator, rules_version = excluded.rules_version, tax_rule = excluded.tax_rule,
                  tax_code = excluded.tax_code, tax_rate = excluded.tax_rate, collected_by = excluded.collected_by
                where order_completion.revision <> excluded.revision""",
                now,
                all.stream().map(Completed::orderId).toArray(String[]::new),
                all.stream().map(Completed::revision).toArray(Integer[]::new),
                all.stream().map(Completed::customerId).toArray(String[]::new),
                all.stream().map(Completed::erpPartner).toArray(String[]::new),
                all.stream().map(Completed::legalEntity).toArray(String[]::new),
                all.stream().map(Completed::facilitator).toArray(Boolean[]::new),
                all.stream().map(Completed::rulesVersion).toArray(Long[]::new),
                all.stream().map(Completed::taxRule).toArray(String[]::new),
                all.stream().map(Completed::taxCode).toArray(String[]::new),
                all.stream().map(Completed::taxRate).toArray(BigDecimal[]::new),
                all.stream().map(Completed::collectedBy).toArray(String[]::new));
    }

    /** What an order was completed with, if it was. */
    public Optional<Completed> of(String orderId) {
        return database.queryOne("""
                select order_id, revision, customer_id, erp_partner, legal_entity, facilitator, rules_version, tax_rule, tax_code, tax_rate,
                  collected_by from order_completion where order_id = ?""", Completion::read, orderId);
    }

    private static Completed read(ResultSet row) throws SQLException {
        return new Completed(
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                null,
                row.getString(5),
                row.getBoolean(6),
                row.getLong(7),
                row.getString(8),
                row.getString(9),
                row.getBigDecimal(10),
                row.getString(11));
    }
}
