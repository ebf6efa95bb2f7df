package org.retailhub.erp.idempiere;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * {@code I_Order_UU} of our rows: which message wrote it, and which row it is. A row read back tells whether it is of the posting
 * that we ask about or of an earlier version of it.
 */
final class RowId {
    static final int ORIGIN_LENGTH = 24;

    private RowId() {}

    static String origin(String messageId) {
        return UUID.nameUUIDFromBytes(messageId.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, ORIGIN_LENGTH);
    }

    static String of(String origin, int row) {
        return origin + String.format("%012x", row);
    }
}
