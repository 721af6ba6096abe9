package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One write.
 *
 * @param before the object as it was; null when it was created
 * @param after the object as it is; null when it was deleted
 * @param last the object the caller of a watch sees: {@code after}, or the last state with the version of its deletion
 */
record Change(long version, ResourceType type, ObjectNode before, ObjectNode after, ObjectNode last) {}
