package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.runtime.rest.Problem;

/** What became of one movement among many. */
@Schema(name = "MovementVerdict")
@JsonInclude(JsonInclude.Include.NON_NULL)
record MovementVerdict(
        @Schema(required = true, description = "Number of the movement in the request, from 1")
        int line,

        @Schema(required = true, description = "As HTTP would have it for this movement alone", examples = "201")
        int status,

        @Nullable MovementView movement,
        @Nullable Problem problem) {}
