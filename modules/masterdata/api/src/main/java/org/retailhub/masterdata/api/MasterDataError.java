package org.retailhub.masterdata.api;

import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.ErrorKind;

/** The errors of the master data module. Stable: a code is never reused. */
public enum MasterDataError implements ErrorCode {
    INVALID_PRODUCT("MAS-1001", ErrorKind.INVALID, "The product is not valid"),
    INVALID_SALES_ACCOUNT("MAS-1002", ErrorKind.INVALID, "The sales account is not valid"),
    PRODUCT_NOT_FOUND("MAS-1003", ErrorKind.NOT_FOUND, "No such product"),
    SALES_ACCOUNT_NOT_FOUND("MAS-1004", ErrorKind.NOT_FOUND, "No sales account for this channel"),
    TOO_MANY_ITEMS("MAS-1005", ErrorKind.TOO_LARGE, "Too many items in one request"),
    GTIN_TAKEN("MAS-1006", ErrorKind.CONFLICT, "Another product has this GTIN"),
    TENANT_REQUIRED("MAS-1007", ErrorKind.INVALID, "The tenant must be named"),
    TENANT_FORBIDDEN("MAS-1008", ErrorKind.FORBIDDEN, "The credential belongs to another tenant"),
    VERSION_DIFFERS("MAS-1009", ErrorKind.PRECONDITION_FAILED, "The product has another version by now"),
    CHANNEL_FORBIDDEN("MAS-1010", ErrorKind.FORBIDDEN, "The credential may not speak for this channel");

    private final String code;
    private final ErrorKind kind;
    private final String title;

    MasterDataError(String code, ErrorKind kind, String title) {
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
