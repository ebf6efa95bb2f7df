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
    CHANNEL_FORBIDDEN("MAS-1010", ErrorKind.FORBIDDEN, "The credential may not speak for this channel"),
    INVALID_CUSTOMER("MAS-1011", ErrorKind.INVALID, "The customer is not valid"),
    CUSTOMER_NOT_FOUND("MAS-1012", ErrorKind.NOT_FOUND, "No such customer"),
    INVALID_LOCATION("MAS-1013", ErrorKind.INVALID, "The location is not valid"),
    LOCATION_NOT_FOUND("MAS-1014", ErrorKind.NOT_FOUND, "No such location"),
    INVALID_TAX_CODE("MAS-1015", ErrorKind.INVALID, "The tax code is not valid"),
    TAX_CODE_NOT_FOUND("MAS-1016", ErrorKind.NOT_FOUND, "No such tax code"),
    INVALID_QUESTION("MAS-1017", ErrorKind.INVALID, "The question names no customer, or several"),
    INVALID_MODE("MAS-1018", ErrorKind.INVALID, "There is no such way of keeping personal data"),
    CUSTOMER_VERSION_DIFFERS("MAS-1019", ErrorKind.PRECONDITION_FAILED, "The customer has another version by now"),
    INVALID_REASON("MAS-1020", ErrorKind.INVALID, "The reason is missing or too long"),
    INVALID_MASTER("MAS-1021", ErrorKind.INVALID, "What an ERP says of a master cannot be taken over"),
    NO_SUCH_MASTERS("MAS-1022", ErrorKind.NOT_FOUND, "There is no such kind of masters"),
    CUSTOMER_ERASED("MAS-2001", ErrorKind.REFUSED, "The customer was erased and does not come back"),
    ERP_OWNS("MAS-2002", ErrorKind.REFUSED, "The ERP says otherwise, and it is its field"),
    NO_LOOKUP_KEY("MAS-3001", ErrorKind.DEPENDENCY_DOWN, "The server has no key for looking people up");

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
