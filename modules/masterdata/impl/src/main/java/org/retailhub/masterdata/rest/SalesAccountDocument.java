package org.retailhub.masterdata.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.masterdata.domain.SalesAccount;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** A sales account as it is sent. */
@Schema(description = "How the ERP books what a channel sells")
public record SalesAccountDocument(
        @Schema(
                description = "Search key of the ERP's business partner",
                maxLength = SalesAccount.MAX_ERP_PARTNER,
                examples = "C-SHOP-EU",
                required = true)
        @Nullable
        String erpPartner,

        @Schema(
                description = "The brand under which the channel sells",
                maxLength = SalesAccount.MAX_SELLER,
                examples = "Example Home")
        @Nullable
        String brand,

        @Schema(
                description = "The ERP's search key of the organisation that sells",
                maxLength = SalesAccount.MAX_SELLER,
                examples = "HQ")
        @Nullable
        String legalEntity) {
    private static final int MAX_CHANNEL = 64;

    /**
     * The partner, if all is well.
     *
     * @throws RetailException {@link MasterDataError#INVALID_SALES_ACCOUNT} naming the faulty field
     */
    String checked(String channel) {
        if (!ProductDocument.isText(channel, MAX_CHANNEL)) {
            throw invalid("channel", MAX_CHANNEL);
        }
        if (erpPartner == null || !ProductDocument.isText(erpPartner, SalesAccount.MAX_ERP_PARTNER)) {
            throw invalid("erpPartner", SalesAccount.MAX_ERP_PARTNER);
        }
        optional("brand", brand);
        optional("legalEntity", legalEntity);
        return erpPartner;
    }

    private static void optional(String field, @Nullable String value) {
        if (value != null && !ProductDocument.isText(value, SalesAccount.MAX_SELLER)) {
            throw invalid(field, SalesAccount.MAX_SELLER);
        }
    }

    private static RetailException invalid(String field, int max) {
        String message = "required: 1 to " + max + " printable characters, no blank at either end";
        return new RetailException(
                MasterDataError.INVALID_SALES_ACCOUNT,
                field + ": " + message,
                List.of(new Violation(field, message)),
                null);
    }
}
