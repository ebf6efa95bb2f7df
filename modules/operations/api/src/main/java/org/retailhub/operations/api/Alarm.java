package org.retailhub.operations.api;

/**
 * What somebody has to look at. The code is stable, is the log's too, and leads to a runbook: {@code docs/runbooks/alarms/<code>.md} says
 * what it means, what to look at and what to do.
 */
public enum Alarm {
    ROW_MISSING("OPS-2001", "Rows that must be there are not, or contradict each other"),
    MESSAGE_MISSING("OPS-2002", "A message was sent and has not come");

    private final String code;
    private final String title;

    Alarm(String code, String title) {
        this.code = code;
        this.title = title;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    /** Where what to do is written, in the project. */
    public String runbook() {
        return "docs/runbooks/alarms/" + code + ".md";
    }

    /** @throws IllegalArgumentException if there is no such alarm */
    public static Alarm of(String code) {
        for (Alarm alarm : values()) {
            if (alarm.code.equals(code)) {
                return alarm;
            }
        }
        throw new IllegalArgumentException("no alarm " + code);
    }
}
