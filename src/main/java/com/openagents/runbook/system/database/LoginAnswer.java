package com.openagents.runbook.system.database;

/**
 * How the server answered a login.
 *
 * @param refused whether it refused the password or the user; anything else that went wrong is no refusal
 * @param command shows the same by hand
 */
public record LoginAnswer(String user, boolean refused, String words, String command) {}
