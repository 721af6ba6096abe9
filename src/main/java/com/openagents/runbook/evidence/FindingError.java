package com.openagents.runbook.evidence;

import java.util.List;

/** A failed check. Its message is the {@link Finding} as people read it; it carries no stack trace, the finding says it all. */
public final class FindingError extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient List<Concern> concerns;

    public FindingError(Finding finding) {
        this(finding, List.of());
    }

    /** @param concerns what to look at next, most important first */
    public FindingError(Finding finding, List<Concern> concerns) {
        super(finding.text());
        this.concerns = List.copyOf(concerns);
    }

    public List<Concern> concerns() {
        return concerns;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
