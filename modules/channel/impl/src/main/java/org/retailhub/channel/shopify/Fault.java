package org.retailhub.channel.shopify;

import org.retailhub.channel.api.ChannelError;

/** Why a document cannot be translated, on its way from the field to the connector's answer; never leaves this package. */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ChannelError code;
    private final String field;
    private final String detail;
    private final boolean incomplete;

    private Fault(ChannelError code, String field, String detail, boolean incomplete) {
        super(field + ": " + detail, null, false, false);
        this.code = code;
        this.field = field;
        this.detail = detail;
        this.incomplete = incomplete;
    }

    static Fault missing(String field) {
        return new Fault(ChannelError.MISSING_FIELD, field, "is required", false);
    }

    /** Left out of this copy of the document, as a selection of fields does: the channel has it. */
    static Fault leftOut(String field) {
        return new Fault(ChannelError.MISSING_FIELD, field, "is left out", true);
    }

    static Fault wrong(String field, String detail) {
        return new Fault(ChannelError.WRONG_VALUE, field, detail, false);
    }

    static Fault currency(String field, String detail) {
        return new Fault(ChannelError.WRONG_CURRENCY, field, detail, false);
    }

    static Fault inexact(String field, String detail) {
        return new Fault(ChannelError.INEXACT_AMOUNT, field, detail, false);
    }

    ChannelError code() {
        return code;
    }

    String field() {
        return field;
    }

    String detail() {
        return detail;
    }

    boolean isIncomplete() {
        return incomplete;
    }
}
