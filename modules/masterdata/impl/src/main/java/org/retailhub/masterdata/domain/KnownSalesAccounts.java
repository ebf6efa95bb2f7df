package org.retailhub.masterdata.domain;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.SalesAccountView;
import org.retailhub.platform.runtime.sql.Database;

/** The sales accounts of all tenants, one tenant a call. In the caller's transaction. */
public final class KnownSalesAccounts {
    private final EntityManager entities;

    public KnownSalesAccounts(EntityManager entities) {
        this.entities = entities;
    }

    public Optional<SalesAccount> find(String tenant, String channel) {
        return Optional.ofNullable(entities.find(SalesAccount.class, new SalesAccountKey(tenant, channel)));
    }

    /**
     * Books the channel under the ERP's partner, from now on. Waits for a concurrent call of the same channel.
     *
     * @return the account as it is now
     */
    public SalesAccount bookUnder(
            String tenant,
            String channel,
            String erpPartner,
            @Nullable String brand,
            @Nullable String legalEntity,
            Instant now) {
        entities.createNativeQuery(
                        "insert into sales_account (tenant, channel, erp_partner, brand, legal_entity, version, created_at, updated_at)"
                                + " values (?1, ?2, ?3, ?5, ?6, 1, ?4, ?4) on conflict do nothing")
                .setParameter(1, tenant)
                .setParameter(2, channel)
                .setParameter(3, erpPartner)
                .setParameter(4, now)
                .setParameter(5, brand)
                .setParameter(6, legalEntity)
                .executeUpdate();
        SalesAccount account =
                entities.find(SalesAccount.class, new SalesAccountKey(tenant, channel), LockModeType.PESSIMISTIC_WRITE);
        account.bookUnder(erpPartner, brand, legalEntity, now);
        entities.flush();
        return account;
    }

    /** The known ones among {@code channels}; one query whatever the number. */
    public static Map<String, SalesAccountView> byChannel(Database database, String tenant, Set<String> channels) {
        Map<String, SalesAccountView> views = new HashMap<>();
        database.query(
                "select channel, erp_partner, brand, legal_entity from sales_account where tenant = ? and channel = any(?)",
                row -> views.put(
                        row.getString(1),
                        new SalesAccountView(row.getString(1), row.getString(2), row.getString(3), row.getString(4))),
                tenant,
                channels.toArray(String[]::new));
        return views;
    }
}
