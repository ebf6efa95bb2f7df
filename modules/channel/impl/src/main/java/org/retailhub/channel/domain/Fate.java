package org.retailhub.channel.domain;

/** What became of a payload that was handled. One that is parked has none yet: it is in the hospital. */
public enum Fate {
    /** Commands or events were sent because of it. */
    TOLD("told"),
    /** A newer version that says nothing new to those we tell. */
    UNCHANGED("unchanged"),
    /** A newer version was here before it. */
    SUPERSEDED("superseded"),
    /** The same version with the same content was here before it. */
    REPEATED("repeated"),
    /** Understood, nothing follows. */
    NOTED("noted"),
    /** The connector does not take its topic. */
    NOT_TAKEN("not-taken"),
    /** The whole document is asked for. */
    ASKED_FOR("asked-for");

    private final String wire;

    Fate(String wire) {
        this.wire = wire;
    }

    /** The name in JSON and in the database. */
    public String wire() {
        return wire;
    }
}
