package org.retailhub.platform.runtime.hospital;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.ErrorCode;

/**
 * A message on its way into the hospital, or back into it after a failed treatment.
 *
 * @param caseId null for a new one
 * @param code why; null for one that only waits behind another
 * @param dueAt for {@link CaseState#DUE}
 * @param deadline until when a held message is tried; null for ever
 */
public record Admission(
        @Nullable String caseId,
        Envelope message,
        CaseState state,
        @Nullable ErrorCode code,
        String detail,
        @Nullable Instant dueAt,
        @Nullable Instant deadline) {

    public static Admission behindAnother(Envelope message) {
        return new Admission(null, message, CaseState.WAITING, null, "", null, null);
    }

    public static Admission afterGap(Envelope message) {
        return new Admission(null, message, CaseState.GAP, null, "", null, null);
    }

    /** Groups cases of one cause: the code and the detail without what is particular to a case. */
    @Nullable
    String fingerprint() {
        if (code == null) {
            return null;
        }
        String cause = detail.replaceAll("[0-9A-HJKMNP-TV-Z]{26}", "*")
                .replaceAll("'[^']*'", "*")
                .replaceAll("\\d+", "#");
        return code.code() + " " + (cause.length() > 120 ? cause.substring(0, 120) : cause);
    }
}
