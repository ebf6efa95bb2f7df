package org.retailhub.channel.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What comes beside a payload. Not signed: nothing here decides about money.
 *
 * @param id of the delivery, the same when it is sent again; null if the channel gives none
 * @param topic what happened; empty if it is not said
 * @param account whose it is; null if it is not said
 * @param triggeredAt when; null if it is not said
 */
public record Delivery(
        @Nullable String id,
        String topic,
        @Nullable String account,
        @Nullable Instant triggeredAt) {}
