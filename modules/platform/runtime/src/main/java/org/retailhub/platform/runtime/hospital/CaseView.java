package org.retailhub.platform.runtime.hospital;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A case as an administrator sees it.
 *
 * @param body the message's JSON; absent in lists
 */
@Schema(name = "Case")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CaseView(
        String caseId,
        String queue,
        String tenant,
        String businessKey,
        long sequence,
        String messageId,
        String type,
        String channel,
        String state,
        @Nullable String kind,
        @Nullable String code,
        String detail,
        @Nullable String fingerprint,
        int attempts,
        Instant parkedAt,
        Instant stateSince,
        @Nullable Instant dueAt,
        @Nullable String body) {}
