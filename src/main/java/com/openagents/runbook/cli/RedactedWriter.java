package com.openagents.runbook.cli;

import com.openagents.runbook.evidence.Redactor;
import java.io.PrintWriter;
import java.io.Writer;

/** Masks what is written to a terminal, whole lines at a time, so that no secret is cut in two. */
final class RedactedWriter extends Writer {
    private final Redactor redactor;
    private final PrintWriter terminal;
    private final StringBuilder waiting = new StringBuilder();

    RedactedWriter(Redactor redactor, PrintWriter terminal) {
        this.redactor = redactor;
        this.terminal = terminal;
    }

    @Override
    public void write(char[] chars, int offset, int length) {
        synchronized (lock) {
            waiting.append(chars, offset, length);
        }
    }

    @Override
    public void flush() {
        synchronized (lock) {
            show(waiting.lastIndexOf("\n") + 1);
        }
    }

    /** Shows what has no line break yet, too; more may follow. */
    @Override
    public void close() {
        synchronized (lock) {
            show(waiting.length());
        }
    }

    private void show(int end) {
        if (end > 0) {
            terminal.print(redactor.redact(waiting.substring(0, end)));
            waiting.delete(0, end);
        }
        terminal.flush();
    }
}
