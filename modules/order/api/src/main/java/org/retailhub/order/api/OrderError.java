package org.retailhub.order.api;

import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.ErrorKind;

/** The errors of the order module. Stable: a code is never reused. */
public enum OrderError implements ErrorCode {
    INVALID_ORDER("ORD-1001", ErrorKind.INVALID, "The order is not valid"),
    INVALID_IDEMPOTENCY_KEY("ORD-1002", ErrorKind.INVALID, "The Idempotency-Key is not valid"),
    TOO_MANY_ORDERS("ORD-1003", ErrorKind.TOO_LARGE, "Too many orders in one request"),
    INVALID_CANCELLATION("ORD-1004", ErrorKind.INVALID, "The cancellation is not valid"),
    ANOTHER_ORDER("ORD-1005", ErrorKind.REFUSED, "A change must keep the channel and its order number"),
    TEST_FLAG_CHANGED("ORD-1006", ErrorKind.REFUSED, "An order stays a test, or stays real"),
    INVALID_POLICY("ORD-1007", ErrorKind.INVALID, "The fulfilment policy is not valid"),
    TENANT_NOT_NAMED("ORD-1008", ErrorKind.INVALID, "An operator's credential names the tenant"),
    INVALID_TAX_RULES("ORD-1009", ErrorKind.INVALID, "The rules of tax are not valid"),
    INVALID_SOURCING_RULE("ORD-1021", ErrorKind.INVALID, "The sourcing rule is not valid"),
    INVALID_SIMULATION("ORD-1022", ErrorKind.INVALID, "The simulation is not valid"),
    INVALID_SHIPMENT("ORD-1031", ErrorKind.INVALID, "The shipment is not valid"),
    SHIPMENT_LINE_UNKNOWN("ORD-1032", ErrorKind.REFUSED, "The shipment names a line that the order does not have"),
    CONTENT_DIFFERS("ORD-2001", ErrorKind.CONFLICT, "Another content was placed under the same order number"),
    IDEMPOTENCY_KEY_REUSED("ORD-2002", ErrorKind.REFUSED, "The Idempotency-Key was used for another order"),
    CHANNEL_FORBIDDEN("ORD-2003", ErrorKind.FORBIDDEN, "The credential may not speak for this channel"),
    TENANT_REQUIRED("ORD-2004", ErrorKind.FORBIDDEN, "An operator's credential has no tenant to place orders for"),
    ORDER_NOT_FOUND("ORD-2005", ErrorKind.NOT_FOUND, "No such order"),
    VERSION_REQUIRED("ORD-2006", ErrorKind.PRECONDITION_REQUIRED, "Send If-Match with the order's ETag"),
    VERSION_DIFFERS("ORD-2007", ErrorKind.PRECONDITION_FAILED, "The order has changed since it was read"),
    TOO_LATE("ORD-2008", ErrorKind.CONFLICT, "The order cannot be changed or cancelled any more"),
    UNMAPPED_CHANGE("ORD-2009", ErrorKind.REFUSED, "The change names a SKU that master data does not know"),
    UNEXPECTED_VERDICT("ORD-2010", ErrorKind.CONFLICT, "The ERP's verdict does not fit the order's state"),
    UNEXPECTED_STOCK_ANSWER("ORD-2011", ErrorKind.CONFLICT, "What became of the stock does not fit the order"),
    TENANT_FORBIDDEN("ORD-2012", ErrorKind.FORBIDDEN, "The credential belongs to another tenant"),
    SOURCING_RULE_NOT_FOUND("ORD-2021", ErrorKind.NOT_FOUND, "No such sourcing rule"),
    RULE_VERSION_REQUIRED("ORD-2022", ErrorKind.PRECONDITION_REQUIRED, "Send If-Match with the rule's ETag"),
    RULE_VERSION_DIFFERS("ORD-2023", ErrorKind.PRECONDITION_FAILED, "The rule has changed since it was read"),
    SOURCING_SCOPE_TAKEN("ORD-2024", ErrorKind.CONFLICT, "Another sourcing rule is for the same in that time"),
    SIMULATION_NOT_FOUND("ORD-2025", ErrorKind.NOT_FOUND, "No such simulation"),
    SHIPMENT_DIFFERS("ORD-2031", ErrorKind.CONFLICT, "Another shipment was confirmed under the same number"),
    NOT_SHIPPABLE("ORD-2032", ErrorKind.CONFLICT, "Nothing can be shipped for the order as it stands"),
    ALREADY_SHIPPED("ORD-2033", ErrorKind.CONFLICT, "Goods of the order have left already"),
    UNKNOWN_SHIPMENT("ORD-2034", ErrorKind.NOT_FOUND, "No such shipment"),
    MASTER_DATA_DOWN("ORD-3001", ErrorKind.DEPENDENCY_DOWN, "Master data does not answer"),
    INVENTORY_DOWN("ORD-3002", ErrorKind.DEPENDENCY_DOWN, "Inventory does not answer"),
    SOURCING_FACTS_DOWN("ORD-3011", ErrorKind.DEPENDENCY_DOWN, "What sourcing asks others is not answered");

    private final String code;
    private final ErrorKind kind;
    private final String title;

    OrderError(String code, ErrorKind kind, String title) {
        this.code = code;
        this.kind = kind;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public String title() {
        return title;
    }
}
