package org.retailhub.platform.runtime.hospital;

import java.util.Locale;

/** Where a case stands. */
public enum CaseState {
    /** Cannot be handled as it is; somebody must act. */
    PARKED,
    /** Healthy, behind another open case of its key. */
    WAITING,
    /** Healthy, but a message before it has not come yet. */
    GAP,
    /** The drain takes it when its time has come. */
    DUE,
    /** Handled. */
    DONE,
    /** Given up by somebody, with a reason. */
    DISCARDED;

    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static CaseState of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
