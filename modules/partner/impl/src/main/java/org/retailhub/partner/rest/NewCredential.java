package org.retailhub.partner.rest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.partner.api.PartnerError;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** A request for a key as it is sent. */
@Schema(description = "A key to issue")
public record NewCredential(
        @Schema(
                description = "For people; unique among the partner's live keys",
                maxLength = 200,
                examples = "production",
                required = true)
        @Nullable
        String name,

        @Schema(
                description = "What the key may do; hub:operate is for operators' keys only",
                examples = "[\"orders:read\",\"orders:write\"]",
                required = true)
        @Nullable
        List<@Nullable String> scopes,

        @Schema(
                description = "The channels the key may speak for; none means all of the tenant",
                examples = "[\"shop-eu\"]")
        @Nullable
        List<@Nullable String> channels) {
    private static final int MAX_CHANNELS = 100;
    private static final int MAX_CHANNEL = 64;

    /** One without fault. @param channels empty for all of the tenant */
    record Checked(String name, Set<String> scopes, Set<String> channels) {}

    /** @throws RetailException {@link PartnerError#INVALID_CREDENTIAL} naming every faulty field */
    Checked checked() {
        List<Violation> violations = new ArrayList<>();
        if (!NewPartner.isName(name)) {
            violations.add(new Violation("name", "1 to 200 printable characters, no blank at either end"));
        }
        Set<String> named = scopes(violations);
        Set<String> spoken = channels(violations);
        if (name == null || !violations.isEmpty()) {
            throw new RetailException(
                    PartnerError.INVALID_CREDENTIAL, violations.size() + " faulty field(s)", violations, null);
        }
        return new Checked(name, named, spoken);
    }

    private Set<String> scopes(List<Violation> violations) {
        Set<String> found = new HashSet<>();
        if (scopes == null || scopes.isEmpty()) {
            violations.add(new Violation("scopes", "at least one"));
            return found;
        }
        for (int i = 0; i < scopes.size(); i++) {
            String scope = scopes.get(i);
            String field = "scopes[" + i + "]";
            if (scope == null || !Scopes.ALL.contains(scope)) {
                violations.add(new Violation(field, "one of " + String.join(", ", new TreeSet<>(Scopes.ALL))));
            } else if (scope.equals(Scopes.HUB_OPERATE)) {
                violations.add(new Violation(field, Scopes.HUB_OPERATE + " is for operators' keys, not a partner's"));
            } else {
                found.add(scope);
            }
        }
        return found;
    }

    private Set<String> channels(List<Violation> violations) {
        Set<String> found = new HashSet<>();
        if (channels == null) {
            return found;
        }
        if (channels.size() > MAX_CHANNELS) {
            violations.add(new Violation("channels", "at most " + MAX_CHANNELS));
        }
        for (int i = 0; i < Math.min(channels.size(), MAX_CHANNELS); i++) {
            String channel = channels.get(i);
            if (channel == null || !NewPartner.isName(channel) || channel.length() > MAX_CHANNEL) {
                violations.add(new Violation("channels[" + i + "]", "1 to 64 printable characters"));
            } else {
                found.add(channel);
            }
        }
        return found;
    }
}
