package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.domain.Block;
import org.retailhub.masterdata.domain.CustomerContent;
import org.retailhub.masterdata.domain.PersonalData;

/** A customer as it is sent. Read by hand, so that each of a thousand gets all its faults named. */
@Schema(name = "CustomerDocument", description = "What a customer is")
record CustomerDocument(
        @Schema(
                description = "The seller's own key, no e-mail address; may be left out where the address has it",
                maxLength = CustomerContent.MAX_ID,
                examples = "C-1001")
        @Nullable
        String id,

        @Schema(
                description = "The ERP's search key of the business partner",
                maxLength = CustomerContent.MAX_ERP_PARTNER,
                examples = "BP-1001")
        @Nullable
        String erpPartner,

        @Schema(description = "Whether it is still a customer; true if absent", examples = "true") @Nullable
        Boolean active,

        @Schema(
                description = "Why it may not buy; nothing is against it if absent",
                enumeration = {"credit-stop", "credit-hold", "fraud", "sanctions", "other"},
                examples = "credit-stop")
        @Nullable
        String block,

        @Nullable PersonalDocument personal) {
    private static final List<String> FIELDS = List.of("active", "block", "erpPartner", "id", "personal");

    /** @param expectedId the id if it is given elsewhere, and may be absent here; else null */
    static Reading<CustomerContent> read(JsonNode node, @Nullable String expectedId) {
        Fields fields = new Fields(node, FIELDS);
        String id = fields.key("id", CustomerContent.MAX_ID, expectedId);
        if (id.indexOf('@') >= 0) {
            fields.fault("id", "must not be an e-mail address: it stays when personal data are erased");
        }
        String erpPartner = fields.optional("erpPartner", CustomerContent.MAX_ERP_PARTNER);
        boolean active = fields.flag("active", true);
        String block = fields.word("block", Block.words());
        PersonalData personal = PersonalDocument.read(fields);
        return Reading.of(
                fields,
                () -> new CustomerContent(
                        id,
                        erpPartner,
                        active,
                        block == null ? null : Block.named(block).orElseThrow(),
                        personal));
    }
}
