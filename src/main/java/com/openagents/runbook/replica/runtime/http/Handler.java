package com.openagents.runbook.replica.runtime.http;

/** Answers one route. Runs on a worker thread and may block. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request) throws Exception;
}
