package com.openagents.runbook.system.sync;

import com.openagents.runbook.system.sync.SyncMessage.Reply;

/**
 * What a pod said to a client whose cursor is older than what is retained.
 *
 * @param cursor what the client said it has
 * @param refused the answer to that
 * @param again the answer to the same client when it resumed from the head
 * @param command shows the same by hand
 */
public record StaleAnswer(String pod, String topic, long cursor, Reply refused, Reply again, String command) {}
