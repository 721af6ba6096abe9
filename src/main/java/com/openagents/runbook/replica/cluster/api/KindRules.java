package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is particular to one kind: defaults, what a client may not set, and what is valid. */
interface KindRules {

    KindRules PLAIN = new KindRules() {};

    /** Fills in what the caller left out. */
    default void setDefaults(ObjectNode object) {}

    /** Sets what the server decides when an object is made; runs after the defaults. */
    default void prepareCreate(ObjectNode object) {}

    default void prepareUpdate(ObjectNode updated, ObjectNode old) {}

    default void validate(ObjectNode object, Causes causes) {}

    default void validateUpdate(ObjectNode updated, ObjectNode old, Causes causes) {}

    default void validateStatus(ObjectNode updated, ObjectNode old, Causes causes) {}

    /** Whether {@code metadata.generation} counts the changes of the spec. */
    default boolean countsGenerations() {
        return false;
    }

    /** Whether an update must name the version it is based on. */
    default boolean needsVersion() {
        return false;
    }
}
