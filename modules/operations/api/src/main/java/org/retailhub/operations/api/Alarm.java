package org.retailhub.operations.api;

/**
 * What somebody has to look at. The code is stable, is the log's too, and leads to a runbook: {@code docs/runbooks/alarms/<code>.md} says
 * what it means, what to look at and what to do.
 */
public enum Alarm {
    ROW_MISSING("OPS-2001", "Rows that must be there are not, or contradict each other"),
    MESSAGE_MISSING("OPS-2002", "A message was sent and has not come"),
    MODULE_SILENT("OPS-2003", "A module does not answer"),
    ERP_SILENT("OPS-2004", "An ERP does not answer; its queue fills"),
    CASES_PARKED("OPS-2005", "Messages are parked and wait for a person"),
    DEAD_MESSAGES("OPS-2006", "Messages could not even be parked"),
    QUEUE_STANDS("OPS-2007", "A queue has messages and nobody takes them"),
    BRANCH_ORPHANED("OPS-2008", "A prepared transaction is not finished by recovery"),
    JOURNAL_FULL("OPS-2009", "The message journal's disk is nearly full; nothing is taken in"),
    FENCED("OPS-2010", "The hub is held back after a restore"),
    BALANCE_BEHIND("OPS-2011", "The balance has not been looked at for minutes"),
    TRACES_KEPT_BACK("OPS-2012", "Traces cannot be sent to the collector"),
    ORDERS_SHED("OPS-2013", "So much waits that even orders are refused"),
    FEED_SILENT("OPS-2014", "A source of stock has not spoken for longer than it should"),
    CHANNEL_BEHIND("OPS-2017", "A channel shows stock that is long out of date"),
    MASTERS_OLD("OPS-2018", "Changes of an ERP's masters have not come for longer than they should"),
    SHIPMENTS_UNTOLD("OPS-2019", "A channel has long not been told of shipments"),
    ORDERS_NEARLY_LATE("OPS-2020", "Orders will soon have stood longer in a state than their channel allows"),
    ORDERS_LATE("OPS-2021", "Orders stand longer in a state than their channel allows"),
    ORDERS_OVER_SHIPPED("OPS-2031", "More was shipped than ordered"),
    SHIPPED_UNACKNOWLEDGED("OPS-2032", "Goods left for orders that the ERP has not acknowledged");

    private final String code;
    private final String title;

    Alarm(String code, String title) {
        this.code = code;
        this.title = title;
    }

    public String code() {
        return code;
    }

    /** One line for people. */
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
