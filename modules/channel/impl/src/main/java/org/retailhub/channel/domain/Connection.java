package org.retailhub.channel.domain;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One account of one channel, whose orders come in under one channel name of one tenant.
 *
 * @param code of the URL its payloads are sent to
 * @param kind of connector, such as {@code shopify}
 * @param channel as orders name it
 * @param account the channel's own name of the account, such as {@code acme.myshopify.com}; of a store, its location
 * @param apiUrl where the channel is asked; null if it is not
 * @param active a stopped one takes nothing in
 */
public record Connection(
        String code,
        String tenant,
        String kind,
        String channel,
        String account,
        @Nullable String apiUrl,
        boolean active) {
    /** The kind of a store's point of sale: it asks us, so there is no connector; its account is the location where it stands. */
    public static final String POS = "pos";

    public Connection {
        Objects.requireNonNull(code);
        Objects.requireNonNull(tenant);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(account);
    }
}
