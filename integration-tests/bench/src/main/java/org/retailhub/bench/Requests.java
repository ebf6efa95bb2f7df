package org.retailhub.bench;

import java.nio.ByteBuffer;

/** What a load sends, and what counts as taken. */
interface Requests {
    int longest();

    /** Writes the request of this number to the buffer. */
    void write(long number, ByteBuffer to);

    /**
     * Whether the answer says that something new was taken.
     *
     * @param bytes the answer, its body from {@code body} to {@code end}
     * @param orders takes the id of the order, where the answer has one
     */
    boolean taken(int status, byte[] bytes, int body, int end, Identities orders);
}
