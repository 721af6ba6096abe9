package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Redactor;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RedactedWriterTest {
    private final Redactor redactor = new Redactor();
    private final StringWriter terminal = new StringWriter();
    private final RedactedWriter writer = new RedactedWriter(redactor, new PrintWriter(terminal));
    private final PrintWriter out = new PrintWriter(writer, true);

    @Test
    void a_secret_that_is_written_in_parts_is_masked() {
        redactor.hide("correct horse");
        out.print("it is correct");
        out.flush();
        assertThat(terminal.toString()).isEmpty();

        out.println(" horse, then");

        assertThat(terminal.toString()).isEqualTo("it is [REDACTED], then" + System.lineSeparator());
    }

    @Test
    void what_has_no_line_break_is_shown_at_the_end() {
        redactor.hide("correct horse");
        out.print("correct horse?");
        out.flush();

        writer.close();

        assertThat(terminal.toString()).isEqualTo("[REDACTED]?");
    }
}
