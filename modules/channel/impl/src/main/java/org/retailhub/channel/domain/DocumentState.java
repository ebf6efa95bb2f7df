package org.retailhub.channel.domain;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What we know and told of one document of a channel.
 *
 * @param version of the newest content; null while only something about it came
 * @param content as told last, in our words; null while nothing was
 * @param contentHash {@link OrderContent#hash} as it was reckoned then; null while nothing was told
 * @param cancelled told as cancelled; or, while nothing was told, deleted before it came
 * @param commandSequence number of the last command sent about it, 0 before the first
 * @param eventSequence number of the last event told about it, 0 before the first
 */
public record DocumentState(
        DocumentKey key,
        @Nullable Instant version,
        @Nullable String content,
        byte @Nullable [] contentHash,
        boolean cancelled,
        long commandSequence,
        long eventSequence) {
    public static DocumentState unseen(DocumentKey key) {
        return new DocumentState(key, null, null, null, false, 0, 0);
    }

    /** By what counts of a content today, whatever counted when it was told. */
    boolean isSameAs(byte[] hash) {
        return content != null && Arrays.equals(hash, OrderContent.hash(OrderContent.order(content)));
    }

    boolean isDeletedUnseen() {
        return cancelled && content == null;
    }

    DocumentState deletedUnseen() {
        return new DocumentState(key, version, content, contentHash, true, commandSequence, eventSequence);
    }

    DocumentState told(
            @Nullable Instant newVersion, String newContent, byte @Nullable [] newHash, boolean nowCancelled) {
        return new DocumentState(
                key, newVersion, newContent, newHash, nowCancelled, commandSequence + 1, eventSequence);
    }

    DocumentState at(Instant newVersion) {
        return new DocumentState(key, newVersion, content, contentHash, cancelled, commandSequence, eventSequence);
    }

    DocumentState oneEventMore() {
        return new DocumentState(key, version, content, contentHash, cancelled, commandSequence, eventSequence + 1);
    }
}
