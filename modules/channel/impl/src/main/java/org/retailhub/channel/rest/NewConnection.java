package org.retailhub.channel.rest;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Connection;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** A connection as an operator wants it. */
@Schema(name = "NewConnection", description = "An account of a channel, and whose orders it brings")
record NewConnection(
        @Schema(required = true, pattern = NewConnection.CODE, examples = "acme-shopify") @Nullable
        String code,

        @Schema(required = true, examples = "acme") @Nullable
        String tenant,

        @Schema(required = true, examples = "shopify") @Nullable
        String kind,

        @Schema(
                required = true,
                description = "As orders name it; one connection per channel of a tenant",
                examples = "shop-eu")
        @Nullable
        String channel,

        @Schema(
                description =
                        "The channel's own name of the account; payloads of another one are parked. Of kind pos: the store's location",
                examples = "acme.myshopify.com")
        @Nullable
        String account,

        @Schema(
                description = "Where the channel is asked what its webhooks lost; absent: it is not asked",
                examples = "https://acme.myshopify.com")
        @Nullable
        String apiUrl) {
    static final String CODE = "[a-z0-9][a-z0-9-]{0,62}";
    private static final Pattern CODES = Pattern.compile(CODE);
    private static final Pattern CHANNELS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern ACCOUNTS = Pattern.compile("[\\x21-\\x7e]{0,200}");
    private static final Pattern LOCATIONS = Pattern.compile("[\\x21-\\x7e]{1,64}");
    private static final Set<String> NOT_CODES = Set.of("connections", "payloads", "hospital", "sent-messages");

    /** @throws RetailException {@link ChannelError#INVALID_CONNECTION} with each faulty field */
    Connection checked(Set<String> kinds) {
        List<Violation> faults = new ArrayList<>();
        if (code == null || !CODES.matcher(code).matches() || NOT_CODES.contains(code)) {
            faults.add(new Violation("code", "small letters, digits and hyphens, 63 at most, and no word of the API"));
        }
        if (tenant == null || !CODES.matcher(tenant).matches()) {
            faults.add(new Violation("tenant", "small letters, digits and hyphens, 63 at most"));
        }
        if (kind == null || !kinds.contains(kind)) {
            faults.add(new Violation("kind", "one of " + String.join(", ", kinds)));
        }
        if (channel == null || !CHANNELS.matcher(channel).matches()) {
            faults.add(new Violation("channel", "letters, digits, points, hyphens and underscores, 64 at most"));
        }
        if (account != null && !ACCOUNTS.matcher(account).matches()) {
            faults.add(new Violation("account", "printable ASCII characters, 200 at most"));
        }
        boolean isStore = Connection.POS.equals(kind);
        if (isStore && (account == null || !LOCATIONS.matcher(account).matches())) {
            faults.add(new Violation("account", "of a store: its location"));
        }
        if (isStore && apiUrl != null) {
            faults.add(new Violation("apiUrl", "a store asks, it is not asked"));
        }
        if (apiUrl != null && !isAddress(apiUrl)) {
            faults.add(new Violation("apiUrl", "https, or http to this machine; a host and no more than a path"));
        }
        if (code == null || tenant == null || kind == null || channel == null || !faults.isEmpty()) {
            throw new RetailException(
                    ChannelError.INVALID_CONNECTION,
                    faults.get(0).field() + ": " + faults.get(0).message(),
                    faults,
                    null);
        }
        return new Connection(code, tenant, kind, channel, account == null ? "" : account, apiUrl, true);
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            boolean here = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && here)
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && text.length() <= 200;
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }
}
