package org.retailhub.order.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.retailhub.platform.runtime.rest.Problem;

/** A line of the answer to a batch, for the API document; {@link Answers} writes it. Either the order's fields are there or the problem. */
@Schema(name = "LineVerdict")
record LineVerdict(
        @Schema(required = true, description = "Number of the order in the batch, from 1")
        int line,

        @Schema(required = true, description = "As HTTP would have it for this order alone", examples = "202")
        int status,

        String orderId,
        @Schema(examples = "posting") String orderStatus,
        Boolean replayed,
        PlacedView.Links links,
        Problem problem) {}
