package org.retailhub.masterdata.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.masterdata.domain.PersonalDataMode;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** How personal data of a tenant are kept, on the wire. */
@Schema(name = "PersonalDataMode", description = "How personal data of a tenant's customers are kept")
public record PersonalDataModeDocument(
        @Schema(
                description = "As sent, or nothing readable: keyed hashes of e-mail and telephone for look-up",
                enumeration = {"readable", "hash-only"},
                examples = "hash-only",
                required = true)
        @Nullable
        String mode) {
    /** @throws RetailException {@link MasterDataError#INVALID_MODE} */
    PersonalDataMode checked() {
        return PersonalDataMode.named(mode == null ? "" : mode)
                .orElseThrow(() -> new RetailException(
                        MasterDataError.INVALID_MODE,
                        "mode: readable or hash-only",
                        List.of(new Violation("mode", "readable or hash-only")),
                        null));
    }
}
