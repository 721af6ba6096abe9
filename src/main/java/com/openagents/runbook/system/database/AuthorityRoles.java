package com.openagents.runbook.system.database;

import java.util.List;

/**
 * The names of the four roles of the authority planes (contract 2.5).
 *
 * @param owner owns schema {@code runtime} and migrates it
 * @param runtime reads and writes schema {@code runtime}
 * @param khala reads what is projected
 * @param control works in schema {@code control}
 */
public record AuthorityRoles(String owner, String runtime, String khala, String control) {

    /** The names that the isolation scripts take unless told otherwise. */
    public static AuthorityRoles defaults() {
        return new AuthorityRoles("oa_runtime_owner", "oa_runtime_rw", "oa_khala_ro", "oa_control_rw");
    }

    public String of(Authority authority) {
        return switch (authority) {
            case OWNER -> owner;
            case RUNTIME -> runtime;
            case KHALA -> khala;
            case CONTROL -> control;
        };
    }

    public List<String> all() {
        return List.of(owner, runtime, khala, control);
    }
}
