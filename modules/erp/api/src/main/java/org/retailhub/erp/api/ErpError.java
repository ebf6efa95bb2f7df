package org.retailhub.erp.api;

import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.ErrorKind;

/** The errors of the ERP module. Stable: a code is never reused. */
public enum ErpError implements ErrorCode {
    UNREADABLE_DOCUMENT("ERP-1001", ErrorKind.INVALID, "The posting's document cannot be read"),
    UNKNOWN_PRODUCT("ERP-2001", ErrorKind.REFUSED, "The ERP does not know the product"),
    UNKNOWN_PARTNER("ERP-2002", ErrorKind.REFUSED, "The ERP does not know the business partner of the sales account"),
    NO_SALES_ACCOUNT("ERP-2003", ErrorKind.REFUSED, "The channel has no sales account"),
    UNKNOWN_CHARGE("ERP-2004", ErrorKind.REFUSED, "The ERP does not know the charge"),
    UNKNOWN_CURRENCY("ERP-2005", ErrorKind.REFUSED, "The ERP has no sales price list in the currency"),
    UNKNOWN_COUNTRY("ERP-2006", ErrorKind.REFUSED, "The ERP does not know the country"),
    NOT_POSTED("ERP-2007", ErrorKind.NOT_FOUND, "There is no posting to change"),
    UNMAPPED_PRODUCT("ERP-2008", ErrorKind.REFUSED, "The SKU has no ERP item"),
    AMOUNT_NOT_EXACT("ERP-2009", ErrorKind.REFUSED, "The ERP cannot hold the amount to the minor unit"),
    NO_SUCH_POSTING("ERP-2010", ErrorKind.NOT_FOUND, "Nothing was posted for this order"),
    UNKNOWN_LOCATION("ERP-2011", ErrorKind.REFUSED, "The ERP has no locator in the warehouse of the location"),
    UNMAPPED_LOCATION("ERP-2012", ErrorKind.REFUSED, "The location has no ERP warehouse"),
    UNKNOWN_DOCUMENT_TYPE("ERP-2013", ErrorKind.REFUSED, "The ERP does not know the document type of returns"),
    UNREADABLE_MOVEMENT("ERP-1002", ErrorKind.INVALID, "The movement of stock cannot be read"),
    ERP_DOWN("ERP-3001", ErrorKind.DEPENDENCY_DOWN, "The ERP does not answer"),
    ERP_BUSY("ERP-3002", ErrorKind.CONFLICT, "The ERP's import has the document in hand"),
    ERP_BEHIND("ERP-3003", ErrorKind.NOT_FOUND, "The ERP does not show an earlier posting of the order"),
    WRONG_MAPPING("ERP-5001", ErrorKind.INVALID, "The mapping to the ERP's tables is wrong");

    private final String code;
    private final ErrorKind kind;
    private final String title;

    ErpError(String code, ErrorKind kind, String title) {
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
