package com.openagents.runbook.replica.cluster.controller;

/** Works from when its informers start until it is closed. */
interface Controller extends AutoCloseable {
    @Override
    void close();
}
