package org.retailhub.partner.api;

import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.ErrorKind;

/** The errors of the partner module. Stable: a code is never reused. */
public enum PartnerError implements ErrorCode {
    INVALID_PARTNER("PAR-1001", ErrorKind.INVALID, "The partner is not valid"),
    INVALID_CREDENTIAL("PAR-1002", ErrorKind.INVALID, "The credential request is not valid"),
    PARTNER_NOT_FOUND("PAR-1003", ErrorKind.NOT_FOUND, "No such partner"),
    CREDENTIAL_NOT_FOUND("PAR-1004", ErrorKind.NOT_FOUND, "No such credential of this partner"),
    PARTNER_DIFFERS("PAR-1005", ErrorKind.CONFLICT, "Another partner has this code"),
    CREDENTIAL_NAME_TAKEN("PAR-1006", ErrorKind.CONFLICT, "A live credential of the partner has this name"),
    OPERATORS_ONLY("PAR-1007", ErrorKind.FORBIDDEN, "Only operators' credentials may do this"),
    INVALID_ROTATION("PAR-1008", ErrorKind.INVALID, "The rotation is not valid"),
    CREDENTIAL_NOT_CURRENT("PAR-1009", ErrorKind.CONFLICT, "The credential was revoked or rotated before"),
    INVALID_QUOTA("PAR-1010", ErrorKind.INVALID, "The quota is not valid"),
    NO_SUCH_ROUTE_CLASS("PAR-1011", ErrorKind.NOT_FOUND, "There is no such route");

    private final String code;
    private final ErrorKind kind;
    private final String title;

    PartnerError(String code, ErrorKind kind, String title) {
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
