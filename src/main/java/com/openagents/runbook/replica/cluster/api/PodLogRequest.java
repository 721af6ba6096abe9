package com.openagents.runbook.replica.cluster.api;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which lines of which container are asked for.
 *
 * @param container never empty: the server fills in the only container of a pod
 * @param previous the container's run before its last restart
 * @param since only lines written at or after this instant
 * @param tailLines only this many lines from the end
 * @param limitBytes stop after this many bytes
 * @param follow keep sending new lines until the container ends
 * @param timestamps put the time (RFC 3339, nanoseconds) and a blank before each line
 */
public record PodLogRequest(
        String namespace,
        String pod,
        String container,
        boolean previous,
        Optional<Instant> since,
        OptionalLong tailLines,
        OptionalLong limitBytes,
        boolean follow,
        boolean timestamps) {}
