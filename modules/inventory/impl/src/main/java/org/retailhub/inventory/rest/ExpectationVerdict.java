package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.runtime.rest.Problem;

/** What became of one line among many. */
@Schema(name = "ExpectedReceiptVerdict")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExpectationVerdict(
        @Schema(required = true, description = "Number of the line in the request, from 1")
        int line,

        @Schema(required = true, description = "As HTTP would have it for this one alone", examples = "201")
        int status,

        @Nullable ExpectationView expectedReceipt,
        @Nullable Problem problem) {}
