package com.openagents.runbook.replica.runtime.http;

/** Produces the chunks of a stream. Returning ends it properly; throwing cuts it without a final chunk. */
@FunctionalInterface
public interface StreamSource {
    void writeTo(ChunkWriter out) throws Exception;
}
