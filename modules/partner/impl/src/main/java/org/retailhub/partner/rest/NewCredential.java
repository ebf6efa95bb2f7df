package org.retailhub.partner.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
        String name,

        @Schema(
                description = "What the key may do; hub:operate is for operators' keys only",
                examples = "[\"orders:read\",\"orders:write\"]",
                required = true)
        List<String> scopes,

        @Schema(
                description = "The channels the key may speak for; none means all of the tenant",
                examples = "[\"shop-eu\"]")
        List<String> channels) {
    private static final int MAX_CHANNELS = 100;
    private static final int MAX_CHANNEL = 64;

    public NewCredential {
        channels = channels == null ? List.of() : channels;
    }

    /** @throws RetailException {@link PartnerError#INVALID_CREDENTIAL} naming every faulty field */
    public void check() {
        List<Violation> violations = new ArrayList<>();
        if (!NewPartner.isName(name)) {
            violations.add(new Violation("name", "1 to 200 printable characters, no blank at either end"));
        }
        if (scopes == null || scopes.isEmpty()) {
            violations.add(new Violation("scopes", "at least one"));
        } else {
            for (int i = 0; i < scopes.size(); i++) {
                checkScope("scopes[" + i + "]", scopes.get(i), violations);
            }
        }
        if (channels.size() > MAX_CHANNELS) {
            violations.add(new Violation("channels", "at most " + MAX_CHANNELS));
        }
        for (int i = 0; i < Math.min(channels.size(), MAX_CHANNELS); i++) {
            if (!NewPartner.isName(channels.get(i)) || channels.get(i).length() > MAX_CHANNEL) {
                violations.add(new Violation("channels[" + i + "]", "1 to 64 printable characters"));
            }
        }
        if (!violations.isEmpty()) {
            throw new RetailException(
                    PartnerError.INVALID_CREDENTIAL, violations.size() + " faulty field(s)", violations, null);
        }
    }

    private static void checkScope(String field, String scope, List<Violation> violations) {
        if (scope == null || !Scopes.ALL.contains(scope)) {
            violations.add(new Violation(field, "one of " + String.join(", ", new TreeSet<>(Scopes.ALL))));
        } else if (scope.equals(Scopes.HUB_OPERATE)) {
            violations.add(new Violation(field, Scopes.HUB_OPERATE + " is for operators' keys, not a partner's"));
        }
    }

    Set<String> scopeSet() {
        return Set.copyOf(scopes);
    }

    Set<String> channelSet() {
        return Set.copyOf(channels);
    }
}
