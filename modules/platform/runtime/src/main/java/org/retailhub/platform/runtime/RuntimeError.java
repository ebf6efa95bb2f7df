package org.retailhub.platform.runtime;

import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.ErrorKind;

/** Errors of the platform itself, the same in every module. */
public enum RuntimeError implements ErrorCode {
    MALFORMED_JSON("RUN-1001", ErrorKind.INVALID, "The body is not valid JSON"),
    UNKNOWN_FIELD("RUN-1002", ErrorKind.INVALID, "The body has a field that does not exist"),
    WRONG_TYPE("RUN-1003", ErrorKind.INVALID, "A field has a value of the wrong type"),
    NUL_CHARACTER("RUN-1004", ErrorKind.INVALID, "The body contains the character U+0000"),
    BODY_TOO_LARGE("RUN-1005", ErrorKind.TOO_LARGE, "The body is larger than this endpoint takes"),
    INVALID_PARAMETER("RUN-1006", ErrorKind.INVALID, "A parameter is missing or has a wrong value"),
    NOT_UTF8("RUN-1007", ErrorKind.INVALID, "The body is not UTF-8"),
    METHOD_NOT_ALLOWED("RUN-1008", ErrorKind.METHOD_NOT_ALLOWED, "This cannot be done here; Allow says what can"),
    NOT_ACCEPTABLE("RUN-1009", ErrorKind.NOT_ACCEPTABLE, "There is no answer in a form that Accept names"),
    UNSUPPORTED_TYPE("RUN-1010", ErrorKind.UNSUPPORTED_TYPE, "A body of this Content-Type is not read here"),
    BODY_TOO_SLOW("RUN-1011", ErrorKind.TOO_SLOW, "The body comes too slowly"),
    NO_CREDENTIAL("RUN-2001", ErrorKind.UNAUTHENTICATED, "An API key is required"),
    UNKNOWN_CREDENTIAL("RUN-2002", ErrorKind.UNAUTHENTICATED, "The API key is not valid"),
    MISSING_SCOPE("RUN-2003", ErrorKind.FORBIDDEN, "The credential lacks the scope for this"),
    QUOTA_EXCEEDED("RUN-2005", ErrorKind.QUOTA_EXCEEDED, "The partner's quota for this kind of call is used up"),
    NO_SUCH_RESOURCE("RUN-2004", ErrorKind.NOT_FOUND, "There is nothing here"),
    DATABASE_DOWN("RUN-3001", ErrorKind.DEPENDENCY_DOWN, "The database does not answer"),
    BROKER_DOWN("RUN-3002", ErrorKind.DEPENDENCY_DOWN, "The message broker does not answer"),
    ROLLED_BACK("RUN-3003", ErrorKind.DEPENDENCY_DOWN, "The transaction was rolled back"),
    OUTCOME_UNKNOWN(
            "RUN-3004", ErrorKind.UNKNOWN_OUTCOME, "The outcome is not known yet: retry with the same natural key"),
    KEY_IN_DOUBT("RUN-3005", ErrorKind.DEPENDENCY_DOWN, "An earlier call with this key is not decided yet"),
    OVERLOADED("RUN-3006", ErrorKind.DEPENDENCY_DOWN, "Too much is waiting: try again later"),
    JOURNAL_FULL("RUN-3007", ErrorKind.DEPENDENCY_DOWN, "The message journal's disk is nearly full"),
    ISSUER_DOWN("RUN-3008", ErrorKind.DEPENDENCY_DOWN, "The issuer of tokens does not answer"),
    SHED("RUN-3009", ErrorKind.DEPENDENCY_DOWN, "Too much waits: what is less urgent is not taken in"),
    MALFORMED_MESSAGE("RUN-4001", ErrorKind.INVALID, "The message lacks its type, key or sequence"),
    UNKNOWN_MESSAGE_TYPE("RUN-4002", ErrorKind.INVALID, "The message's type or version is not known here"),
    NO_SUCH_CASE("RUN-4003", ErrorKind.NOT_FOUND, "There is no such case"),
    CASE_NOT_OPEN("RUN-4004", ErrorKind.CONFLICT, "The case cannot be acted on in its state"),
    CASE_HAS_PREDECESSOR("RUN-4005", ErrorKind.CONFLICT, "An earlier message of the same key is still open"),
    DEADLINE_PASSED("RUN-4006", ErrorKind.NOT_FOUND, "What the message waits for did not come in time"),
    NO_SUCH_MESSAGE("RUN-4007", ErrorKind.NOT_FOUND, "No such message was sent from here"),
    MESSAGE_OVERDUE("RUN-4008", ErrorKind.NOT_FOUND, "A message was sent and has not come"),
    BODY_LOST("RUN-4009", ErrorKind.CONFLICT, "The message cannot be made again as it was sent"),
    SERVER_NOT_FIT("RUN-5001", ErrorKind.DEPENDENCY_DOWN, "The server is not set up as it must be"),
    FENCED("RUN-5002", ErrorKind.DEPENDENCY_DOWN, "The hub is held back after a restore"),
    ORPHANED_BRANCH("RUN-5003", ErrorKind.DEPENDENCY_DOWN, "A prepared transaction is not finished by recovery"),
    BUG("RUN-9999", ErrorKind.BUG, "Something went wrong on our side");

    private final String code;
    private final ErrorKind kind;
    private final String title;

    RuntimeError(String code, ErrorKind kind, String title) {
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
