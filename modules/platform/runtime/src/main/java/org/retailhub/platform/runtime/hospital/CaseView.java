package org.retailhub.platform.runtime.hospital;

import java.time.Instant;

/**
 * A case as an administrator sees it.
 *
 * @param body the message's JSON; null in lists
 */
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
        String kind,
        String code,
        String detail,
        String fingerprint,
        int attempts,
        Instant parkedAt,
        Instant stateSince,
        Instant dueAt,
        String body) {}
