package com.openagents.runbook.system.sync;

import com.openagents.runbook.system.Sequence;

/**
 * What a client took before and after it lost its connection.
 *
 * @param before the watermarks before the drop
 * @param after those of the new connection
 * @param head the watermark that both must reach
 * @param command shows the same by hand
 */
public record Resumption(String pod, String topic, Sequence before, Sequence after, long head, String command) {}
