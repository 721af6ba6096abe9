package com.openagents.runbook.evidence;

/** A failed check. Its message is the {@link Finding} as people read it; it carries no stack trace, the finding says it all. */
public final class FindingError extends AssertionError {
    private static final long serialVersionUID = 1L;

    public FindingError(Finding finding) {
        super(finding.text());
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
