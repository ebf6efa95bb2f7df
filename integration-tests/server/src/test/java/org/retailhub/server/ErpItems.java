package org.retailhub.server;

/** How the test's SKUs are called in the ERP. */
final class ErpItems {
    private ErpItems() {}

    static String of(String sku) {
        return "ITEM-" + sku;
    }
}
