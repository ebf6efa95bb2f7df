package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.canonical.ExpectationDocument;

/** What became of a line of what is to come. */
@Schema(name = "ExpectedReceiptTaken")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExpectationView(
        @Schema(examples = "erp") String source,
        @Schema(examples = "PO-118") String document,

        @Schema(description = "Absent if the document has one", examples = "1") @Nullable
        String line,

        @Schema(description = "The version that holds", examples = "1")
        long version,

        @Schema(
                description =
                        "taken: the first of its line; replaced: took an older one's place; unchanged: it held before; superseded: a newer one holds",
                enumeration = {"taken", "replaced", "unchanged", "superseded"})
        String outcome) {
    static ExpectationView of(ExpectationDocument told, long version, String outcome) {
        return new ExpectationView(
                told.source(), told.document(), told.line().isEmpty() ? null : told.line(), version, outcome);
    }
}
