package com.openagents.runbook.publish.notify;

import com.openagents.runbook.publish.Outgoing;
import java.util.List;

/** A way of telling. */
interface Channel {

    /**
     * Something to send, and what is told by it.
     *
     * @param tells all of it arrives, or none
     */
    record Parcel(Outgoing outgoing, List<Notice> tells) {
        public Parcel {
            tells = List.copyOf(tells);
        }
    }

    /** The word in environment files and in what is remembered. */
    String name();

    /** Nothing, if there is nothing to tell. */
    List<Parcel> parcels(Message message);

    /** Whether somebody is disturbed by being told that something is over. */
    default boolean disturbsWhenOver() {
        return true;
    }

    /** How many changes, in words. */
    static String changes(int count) {
        return count == 1 ? "1 change" : count + " changes";
    }
}
