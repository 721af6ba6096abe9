package com.openagents.runbook.system.database;

/** The roles whose privileges are held apart, by what they are for (contract 15.5). */
public enum Authority {
    OWNER,
    RUNTIME,
    KHALA,
    CONTROL
}
