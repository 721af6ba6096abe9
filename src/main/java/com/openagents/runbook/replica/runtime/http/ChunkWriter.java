package com.openagents.runbook.replica.runtime.http;

/** Where a stream goes: one call, one HTTP chunk. */
public interface ChunkWriter {
    /** Waits until the chunk is handed to the network. Returns false when the client is gone. */
    boolean write(String chunk);

    boolean isOpen();
}
