package com.openagents.runbook.system.runtime;

/** How a stream ended, or that it has not. */
public enum StreamEnding {
    COMPLETE("ended with the final chunk"),
    /** Without chunks a cut cannot be told from an end. */
    UNMARKED("the connection was closed; the answer had no chunks, so a cut would look the same"),
    CUT("the connection was cut before the final chunk"),
    REFUSED("was refused"),
    LEFT("was left by us"),
    OPEN("was still open");

    private final String words;

    StreamEnding(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
