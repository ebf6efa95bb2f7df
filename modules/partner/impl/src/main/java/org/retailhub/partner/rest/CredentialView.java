package org.retailhub.partner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.partner.domain.Credential;

/** A credential on the wire; the key only in the answer that issues it. */
@Schema(name = "Credential", description = "A credential")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CredentialView(
        @Schema(examples = "01KAQ3V9Y2M4T6W8X0Z1B3C5D7") String id,
        @Schema(examples = "production") String name,

        @Schema(examples = "[\"orders:read\",\"orders:write\"]")
        List<String> scopes,

        @Schema(examples = "[\"shop-eu\"]") List<String> channels,
        @Schema(examples = "2026-11-23T09:00:00Z") Instant createdAt,

        @Schema(description = "Absent unless the key was revoked") @Nullable
        Instant revokedAt,

        @Schema(description = "When the key ends by itself; absent unless it was rotated") @Nullable
        Instant endsAt,

        @Schema(description = "The credential that this one takes over from") @Nullable
        String replaces,

        @Schema(description = "To about a minute; absent if the key was never used") @Nullable
        Instant lastUsedAt,

        @Schema(description = "The key itself: shown once, keep it safe. Send it as X-API-Key", examples = "rh_mZ3…")
        @Nullable
        String key) {
    static CredentialView of(Credential credential) {
        return with(credential, null);
    }

    static CredentialView with(Credential credential, @Nullable String key) {
        return new CredentialView(
                credential.id(),
                credential.name(),
                credential.scopes(),
                credential.channels(),
                credential.createdAt(),
                credential.revokedAt().orElse(null),
                credential.endsAt().orElse(null),
                credential.replaces().orElse(null),
                credential.lastUsedAt().orElse(null),
                key);
    }

    @Schema(name = "CredentialList", description = "All credentials of a partner, oldest first")
    public record All(List<CredentialView> items) {}
}
