package org.retailhub.inventory.domain;

/** Whether the ERP has to be told of an entry. */
public enum ErpRelevance {
    /** It knows it, or another document tells it: a return for an order is told by the order's return document. */
    NEVER,
    /** If the tenant has its ERP book the kind. */
    AS_SET,
    /** It left for an order: the ERP learns of it by the order, and is not told twice; but whether it knows has to be found out. */
    BY_ORDER;

    public static ErpRelevance of(Entry entry) {
        if (entry.erpKnows()) {
            return NEVER;
        }
        boolean forOrder = entry.reference() != null;
        return switch (entry.kind()) {
            case RESERVATION, RELEASE -> NEVER;
            case CONSUMPTION -> BY_ORDER;
            case SALE -> forOrder ? BY_ORDER : AS_SET;
            case RETURN -> forOrder ? NEVER : AS_SET;
            case TRANSFER_OUT, TRANSFER_IN, RECEIPT, ADJUSTMENT, COUNT_CORRECTION -> AS_SET;
        };
    }
}
