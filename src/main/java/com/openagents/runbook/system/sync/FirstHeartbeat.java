package com.openagents.runbook.system.sync;

import com.openagents.runbook.system.Awaited;
import com.openagents.runbook.system.sync.SyncMessage.Heartbeat;

/** @param command shows the same by hand */
public record FirstHeartbeat(Awaited<Heartbeat> heartbeat, String command) {}
