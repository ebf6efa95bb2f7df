package org.retailhub.channel.api;

import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.ErrorKind;

/** The errors of the channel module. Stable: a code is never reused. */
public enum ChannelError implements ErrorCode {
    INVALID_CONNECTION("CHN-1001", ErrorKind.INVALID, "The connection is not valid"),
    INVALID_SECRET("CHN-1002", ErrorKind.INVALID, "The secret is not valid"),
    MISSING_FIELD("CHN-1003", ErrorKind.INVALID, "The payload lacks a field"),
    WRONG_VALUE("CHN-1004", ErrorKind.INVALID, "A field of the payload has a value that cannot be"),
    WRONG_CURRENCY("CHN-1005", ErrorKind.INVALID, "An amount of the payload is in another currency than its document"),
    INEXACT_AMOUNT("CHN-1006", ErrorKind.INVALID, "The payload's amounts cannot be split to the cent"),
    INVALID_STOCK_NAME("CHN-1007", ErrorKind.INVALID, "A name of stock is not valid"),
    NOT_SIGNED("CHN-2001", ErrorKind.UNAUTHENTICATED, "The signature is missing or wrong"),
    OTHER_ACCOUNT("CHN-2002", ErrorKind.FORBIDDEN, "The payload belongs to another account of the channel"),
    VERSION_REUSED("CHN-2003", ErrorKind.CONFLICT, "The same version of a document came with another content"),
    CONNECTION_NOT_FOUND("CHN-2004", ErrorKind.NOT_FOUND, "No such connection"),
    CONNECTION_DIFFERS("CHN-2005", ErrorKind.CONFLICT, "Another connection has this code"),
    CHANNEL_TAKEN("CHN-2006", ErrorKind.CONFLICT, "Another connection brings this channel's orders"),
    TOO_MANY_SECRETS("CHN-2007", ErrorKind.CONFLICT, "The connection has two live secrets: retire one first"),
    SECRET_NOT_FOUND("CHN-2008", ErrorKind.NOT_FOUND, "No such secret of this connection"),
    OPERATORS_ONLY("CHN-2009", ErrorKind.FORBIDDEN, "Only operators' credentials may do this"),
    PAYLOAD_NOT_FOUND("CHN-2010", ErrorKind.NOT_FOUND, "No such payload"),
    PRIVACY_REQUEST("CHN-2011", ErrorKind.REFUSED, "The channel asks for a person's data to be told or deleted"),
    STOCK_NAME_TAKEN("CHN-2012", ErrorKind.CONFLICT, "The channel calls something else of ours so already"),
    NOT_TOLD_OF_STOCK("CHN-2013", ErrorKind.REFUSED, "This kind of channel is not told of stock"),
    NO_STORE("CHN-2014", ErrorKind.NOT_FOUND, "No such store of this credential"),
    OTHER_TIMES_CURSOR("CHN-2015", ErrorKind.CONFLICT, "The cursor is of another time of this database: begin anew"),
    ORDER_UNKNOWN_THERE("CHN-2016", ErrorKind.REFUSED, "The channel does not know the order whose goods have left"),
    ORDER_CANCELLED_THERE("CHN-2017", ErrorKind.REFUSED, "The channel has cancelled the order whose goods have left"),
    NOT_OPEN_THERE("CHN-2018", ErrorKind.REFUSED, "More has left than the channel has to be fulfilled"),
    SHIPMENT_NOT_TAKEN("CHN-2019", ErrorKind.REFUSED, "The channel does not take a shipment"),
    NO_SECRETS_KEY("CHN-3001", ErrorKind.DEPENDENCY_DOWN, "The server has no key to keep secrets with"),
    SECRET_UNREADABLE("CHN-3002", ErrorKind.DEPENDENCY_DOWN, "A stored secret cannot be opened with the server's key"),
    CHANNEL_DOWN("CHN-3003", ErrorKind.DEPENDENCY_DOWN, "The channel does not answer");

    private final String code;
    private final ErrorKind kind;
    private final String title;

    ChannelError(String code, ErrorKind kind, String title) {
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
