package org.retailhub.partner.api;

import java.util.Set;

/** What a credential may do. Stored by name with the credential: a name is never reused for something else. */
public final class Scopes {
    public static final String ORDERS_READ = "orders:read";
    public static final String ORDERS_WRITE = "orders:write";
    /** Confirming that goods of orders have left: warehouses, and their service providers. */
    public static final String SHIPMENTS_WRITE = "shipments:write";

    public static final String MASTERDATA_READ = "masterdata:read";
    public static final String MASTERDATA_WRITE = "masterdata:write";
    /** Whether a customer may buy, and customers without their personal data; with {@link #PERSONAL_READ} these too. */
    public static final String CUSTOMERS_READ = "customers:read";
    /** Learning customers, and erasing them. */
    public static final String CUSTOMERS_WRITE = "customers:write";
    /** What can be sold, what moved, and what is held. */
    public static final String INVENTORY_READ = "inventory:read";
    /** Telling what moved. */
    public static final String INVENTORY_WRITE = "inventory:write";
    /** Holding stock, giving it back, taking it away. */
    public static final String INVENTORY_RESERVE = "inventory:reserve";

    public static final String POSTINGS_READ = "postings:read";
    /** The trace of one's own orders through the hub, personal data masked. */
    public static final String TRACE_READ = "trace:read";
    /** Names, addresses, e-mails and free text in a trace, and those of a customer. */
    public static final String PERSONAL_READ = "personal:read";
    /** Operating the hub itself: partners, credentials, the hospital, releases. */
    public static final String HUB_OPERATE = "hub:operate";

    /** Every scope there is. */
    public static final Set<String> ALL = Set.of(
            ORDERS_READ,
            ORDERS_WRITE,
            SHIPMENTS_WRITE,
            MASTERDATA_READ,
            MASTERDATA_WRITE,
            CUSTOMERS_READ,
            CUSTOMERS_WRITE,
            INVENTORY_READ,
            INVENTORY_WRITE,
            INVENTORY_RESERVE,
            POSTINGS_READ,
            TRACE_READ,
            PERSONAL_READ,
            HUB_OPERATE);

    private Scopes() {}
}
