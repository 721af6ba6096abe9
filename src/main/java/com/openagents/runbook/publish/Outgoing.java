package com.openagents.runbook.publish;

/**
 * Something to hand over.
 *
 * @param to who it is for
 * @param what it is, in words
 * @param sending hands it over once
 * @param repeatable whether it may arrive twice, so that it is tried again also where nobody knows whether it arrived
 */
public record Outgoing(String to, String what, Sending sending, boolean repeatable) {
    /** May take its time: whoever has it done looks at the clock. */
    @FunctionalInterface
    public interface Sending {
        void send() throws NotDelivered;
    }
}
