package com.openagents.runbook.replica.runtime.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Typed reads of the process environment. An unset and an empty variable are the same thing. */
public final class Variables {
    private static final String REPLICA_PREFIX = "OA_REPLICA_";
    private static final Set<String> TRUTHY = Set.of("1", "true", "yes", "on");

    private final Map<String, String> values;

    public Variables(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    public String text(String name, String fallback) {
        return find(name).orElse(fallback);
    }

    /** A variable the service refuses to boot without. */
    public String required(String name, String advice) {
        return find(name).orElseThrow(() -> new MissingVariable(name, advice));
    }

    public int number(String name, int fallback) {
        return find(name).map(value -> parse(name, value).intValue()).orElse(fallback);
    }

    public boolean truthy(String name, boolean fallback) {
        return find(name)
                .map(value -> TRUTHY.contains(value.trim().toLowerCase(java.util.Locale.ROOT)))
                .orElse(fallback);
    }

    public List<String> list(String name, String fallback) {
        return Arrays.stream(text(name, fallback).split(","))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** A setting that the real service keeps in its configuration file only. */
    public long setting(String name, long fallback) {
        return find(REPLICA_PREFIX + name)
                .map(value -> parse(REPLICA_PREFIX + name, value))
                .orElse(fallback);
    }

    public String setting(String name, String fallback) {
        return text(REPLICA_PREFIX + name, fallback);
    }

    private static Long parse(String name, String value) {
        try {
            return Long.valueOf(value.trim());
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("environment variable " + name + " is not a whole number", notANumber);
        }
    }
}
