package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.KnownCustomers.Stored;
import org.retailhub.masterdata.domain.Customer;

/** A customer on the wire. */
@Schema(name = "Customer", description = "A customer as the hub knows it")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CustomerState(
        @Schema(examples = "C-1001") String id,

        @Schema(description = "The ERP's search key of the business partner", examples = "BP-1001") @Nullable
        String erpPartner,

        @Schema(examples = "true") boolean active,

        @Schema(description = "Why it may not buy", examples = "credit-stop") @Nullable
        String block,

        @Schema(
                description =
                        "Whether personal data are shown, kept but masked for who lacks the scope personal:read, kept as hashes only,"
                                + " erased, or not known",
                enumeration = {"shown", "masked", "hashed", "erased", "none"},
                examples = "masked")
        String personalData,

        @Schema(description = "For callers with the scope personal:read") @Nullable
        PersonalDocument personal,

        @Schema(examples = "2026-11-25T09:00:00Z") @Nullable Instant erasedAt,

        @Schema(description = "Counts changes, from 1; also the ETag", examples = "1")
        long version,

        @Schema(examples = "2026-11-23T09:00:00Z") Instant updatedAt) {
    /** @param mayRead whether the caller may see personal data */
    static CustomerState of(Stored stored, boolean mayRead) {
        Customer customer = stored.customer();
        boolean shows = mayRead && !customer.personal().isEmpty();
        return new CustomerState(
                customer.id(),
                customer.erpPartner(),
                customer.active(),
                customer.block() == null ? null : customer.block().wire(),
                standing(customer, mayRead),
                shows ? PersonalDocument.of(customer.personal()) : null,
                customer.erasedAt(),
                stored.version(),
                stored.updatedAt());
    }

    private static String standing(Customer customer, boolean mayRead) {
        if (customer.isErased()) {
            return "erased";
        }
        if (!customer.personal().isEmpty()) {
            return mayRead ? "shown" : "masked";
        }
        return customer.emailHash() != null || customer.phoneHash() != null ? "hashed" : "none";
    }
}
