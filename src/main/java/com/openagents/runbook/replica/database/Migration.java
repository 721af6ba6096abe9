package com.openagents.runbook.replica.database;

/**
 * One step of the schema.
 *
 * @param version the time stamp that Ecto records, for example 20260220205000
 * @param name what it does, in words joined by underscores
 */
public record Migration(long version, String name) {}
