package com.openagents.runbook.publish;

/**
 * Something to hand over.
 *
 * @param to who it is for
 * @param what it is, in words
 * @param sending hands it over once
 */
public record Outgoing(String to, String what, Sending sending) {
    /** May take its time: whoever has it done looks at the clock. */
    @FunctionalInterface
    public interface Sending {
        void send() throws NotDelivered;
    }
}
