package com.openagents.runbook.evidence;

import java.util.Objects;

/** A thing that a finding is about, which a person would look at next. */
public record Concern(Kind kind, String name) {

    public enum Kind {
        POD,
        JOB,
        ALERT
    }

    public Concern {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    public static Concern pod(String name) {
        return new Concern(Kind.POD, name);
    }

    public static Concern job(String name) {
        return new Concern(Kind.JOB, name);
    }

    public static Concern alert(String name) {
        return new Concern(Kind.ALERT, name);
    }
}
