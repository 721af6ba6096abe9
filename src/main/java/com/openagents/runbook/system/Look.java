package com.openagents.runbook.system;

/**
 * One look at a thing that a finding is about; what it sees becomes evidence.
 *
 * @param what what is looked at, in words
 * @param permission what of Kubernetes it takes, for example {@code get pods/log}; empty if it is no matter of permissions
 * @param command shows the same by hand
 */
public record Look(String what, String permission, String command, Runnable act) {}
