package org.retailhub.inventory.api;

import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.ErrorKind;

/** The errors of the inventory module. Stable: a code is never reused. */
public enum InventoryError implements ErrorCode {
    INVALID_MOVEMENT("INV-1001", ErrorKind.INVALID, "The movement is not valid"),
    TOO_MANY_MOVEMENTS("INV-1002", ErrorKind.TOO_LARGE, "Too many movements in one request"),
    INVALID_RESERVATION("INV-1003", ErrorKind.INVALID, "The reservation is not valid"),
    INVALID_RULE("INV-1004", ErrorKind.INVALID, "The rule is not valid"),
    TOO_MANY_PAIRS("INV-1005", ErrorKind.TOO_LARGE, "Too many pairs of SKU and location in one request"),
    INVALID_STEP("INV-1006", ErrorKind.INVALID, "What is to be released or consumed is not valid"),
    TENANT_REQUIRED("INV-1007", ErrorKind.INVALID, "An operator's credential names the tenant"),
    INVALID_QUESTION("INV-1008", ErrorKind.INVALID, "The question is not valid"),
    INVALID_SNAPSHOT("INV-1010", ErrorKind.INVALID, "The snapshot's head cannot be read"),
    TOO_MANY_COUNTS("INV-1011", ErrorKind.TOO_LARGE, "Too many lines for a snapshot as JSON"),
    INVALID_DECISION("INV-1012", ErrorKind.INVALID, "The decision is not valid"),
    INVALID_REPLAY("INV-1040", ErrorKind.INVALID, "The replay is not valid"),
    INVALID_EXPECTATION("INV-1041", ErrorKind.INVALID, "What is expected is not valid"),
    TOO_MANY_EXPECTATIONS("INV-1042", ErrorKind.TOO_LARGE, "Too many lines of what is expected in one request"),
    MOVEMENT_DIFFERS("INV-2001", ErrorKind.CONFLICT, "Another movement was recorded under the same number of the feed"),
    UNIT_DIFFERS("INV-2002", ErrorKind.REFUSED, "The stock is counted in another unit"),
    OUT_OF_STOCK("INV-2003", ErrorKind.CONFLICT, "There is not enough to reserve"),
    RESERVATION_DIFFERS("INV-2004", ErrorKind.CONFLICT, "Another reservation was made under the same reference"),
    RESERVATION_NOT_FOUND("INV-2005", ErrorKind.NOT_FOUND, "No such reservation"),
    MOVEMENT_NOT_FOUND("INV-2030", ErrorKind.NOT_FOUND, "No such movement"),
    NOT_HELD("INV-2006", ErrorKind.CONFLICT, "The reservation does not hold that much any more"),
    CHANNEL_FORBIDDEN("INV-2007", ErrorKind.FORBIDDEN, "The credential may not speak for this channel"),
    TENANT_FORBIDDEN("INV-2008", ErrorKind.FORBIDDEN, "The credential belongs to another tenant"),
    STEP_DIFFERS("INV-2009", ErrorKind.CONFLICT, "Something else was done under the same document"),
    OUTSIDE_POOL("INV-2010", ErrorKind.REFUSED, "The channel does not sell from this location"),
    RULE_NOT_FOUND("INV-2011", ErrorKind.NOT_FOUND, "No such rule"),
    SNAPSHOT_DIFFERS("INV-2020", ErrorKind.CONFLICT, "Another snapshot was sent under the same name"),
    SNAPSHOT_NOT_FOUND("INV-2021", ErrorKind.NOT_FOUND, "No such snapshot"),
    DRIFT_NOT_FOUND("INV-2022", ErrorKind.NOT_FOUND, "No such difference"),
    DRIFT_DECIDED("INV-2023", ErrorKind.CONFLICT, "The difference was decided otherwise, or waits no longer"),
    DRIFT_CHANGED("INV-2024", ErrorKind.CONFLICT, "The difference is not any more what it was"),
    REPLAY_DIFFERS("INV-2040", ErrorKind.CONFLICT, "Another replay was planned under the same reference"),
    REPLAY_NOT_FOUND("INV-2041", ErrorKind.NOT_FOUND, "No such replay"),
    EXPECTATION_DIFFERS("INV-2042", ErrorKind.CONFLICT, "Another content was told under the same version");

    private final String code;
    private final ErrorKind kind;
    private final String title;

    InventoryError(String code, ErrorKind kind, String title) {
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
