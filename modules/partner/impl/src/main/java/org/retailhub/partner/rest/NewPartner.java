package org.retailhub.partner.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.partner.api.PartnerError;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** A registration as it is sent. */
@Schema(description = "A partner to register")
public record NewPartner(
        @Schema(
                description = "The partner's key for ever",
                pattern = "^[a-z0-9][a-z0-9-]{0,62}$",
                examples = "acme-web",
                required = true)
        @Nullable
        String code,

        @Schema(
                description = "Whose data the partner may see; made known if it is new",
                pattern = "^[a-z0-9][a-z0-9-]{0,62}$",
                examples = "acme",
                required = true)
        @Nullable
        String tenant,

        @Schema(description = "For people", maxLength = 200, examples = "Acme web shop", required = true) @Nullable
        String name) {
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int MAX_NAME = 200;

    /** One without fault. */
    record Checked(String code, String tenant, String name) {}

    /** @throws RetailException {@link PartnerError#INVALID_PARTNER} naming every faulty field */
    Checked checked() {
        List<Violation> violations = new ArrayList<>();
        if (code == null || !CODE.matcher(code).matches()) {
            violations.add(new Violation("code", "1 to 63 of a-z, 0-9 and -, not beginning with -"));
        }
        if (tenant == null || !CODE.matcher(tenant).matches()) {
            violations.add(new Violation("tenant", "1 to 63 of a-z, 0-9 and -, not beginning with -"));
        }
        if (!isName(name)) {
            violations.add(new Violation("name", "1 to 200 printable characters, no blank at either end"));
        }
        if (code == null || tenant == null || name == null || !violations.isEmpty()) {
            throw new RetailException(
                    PartnerError.INVALID_PARTNER, violations.size() + " faulty field(s)", violations, null);
        }
        return new Checked(code, tenant, name);
    }

    static boolean isName(@Nullable String name) {
        return name != null
                && !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.equals(name.strip())
                && name.chars().noneMatch(Character::isISOControl);
    }
}
