package org.retailhub.partner.api;

import java.util.Set;

/** What quotas count apart: each route that partners may call, by its {@code operationId} in the API document. */
public final class RouteClasses {
    /** Every one; operators' routes are none, since operators are not counted. {@code DoorMatrixIT} compares it with the document. */
    public static final Set<String> ALL = Set.of(
            "placeOrder",
            "placeOrders",
            "getOrder",
            "findOrders",
            "getOrderTimeline",
            "getOrderSourcing",
            "findLateOrders",
            "confirmShipment",
            "getOrderShipments",
            "changeOrder",
            "cancelOrder",
            "putProduct",
            "putProducts",
            "getProduct",
            "putSalesAccount",
            "getSalesAccount",
            "putCustomer",
            "putCustomers",
            "getCustomer",
            "eraseCustomer",
            "validateCustomer",
            "putLocations",
            "getLocation",
            "listLocations",
            "putTaxCodes",
            "getTaxCode",
            "listTaxCodes",
            "recordMovement",
            "listMovements",
            "listFeeds",
            "sendSnapshot",
            "listSnapshots",
            "getSnapshot",
            "listSnapshotFaults",
            "listSnapshotDrift",
            "listDrift",
            "getDrift",
            "expectReceipt",
            "getAvailability",
            "reserveStock",
            "findReservation",
            "getReservation",
            "cancelReservation",
            "releaseStock",
            "consumeStock",
            "getStoreStock",
            "getPosting",
            "searchPostings",
            "getTrace");

    private RouteClasses() {}
}
