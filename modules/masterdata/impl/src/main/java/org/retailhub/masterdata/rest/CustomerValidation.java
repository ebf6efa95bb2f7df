package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.CustomerView;
import org.retailhub.masterdata.domain.BuyingCheck;

/** Whether somebody may buy, on the wire. */
@Schema(name = "CustomerValidation", description = "Whether somebody may buy, and why not")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CustomerValidation(
        @Schema(description = "Whether the tenant has such a customer", examples = "true")
        boolean exists,

        @Schema(description = "Whether it is still a customer", examples = "true")
        boolean active,

        @Schema(description = "Whether an order of this customer may be taken", examples = "false")
        boolean mayBuy,

        @Schema(
                description =
                        "What is against it, the gravest first, empty if it may buy: unknown, ambiguous, erased, inactive, credit-stop,"
                                + " credit-hold, fraud, sanctions, other",
                examples = "[\"credit-stop\"]")
        List<String> reasons,

        @Schema(description = "Absent if nobody is meant, or several are", examples = "C-1001") @Nullable
        String id,

        @Schema(description = "The ERP's search key of the business partner", examples = "BP-1001") @Nullable
        String erpPartner) {
    static CustomerValidation of(BuyingCheck check) {
        CustomerView customer = check.customer();
        return new CustomerValidation(
                check.exists(),
                check.isActive(),
                check.mayBuy(),
                check.reasons(),
                customer == null ? null : customer.id(),
                customer == null ? null : customer.erpPartner());
    }
}
