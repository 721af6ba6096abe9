package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReferenceTest {
    @TempDir
    private Path folder;

    private final Redactor redactor = new Redactor();
    private final SecretReference secrets =
            new SecretReference(redactor, Map.of("DB_PASSWORD", "correct horse")::get, Optional::empty);

    @Test
    void a_variable_is_read_and_masked_from_then_on() {
        assertThat(secrets.resolve("env:DB_PASSWORD")).isEqualTo("correct horse");
        assertThat(redactor.redact("it is correct horse")).isEqualTo("it is [REDACTED]");
    }

    @Test
    void a_file_is_read_without_the_line_end() throws IOException {
        var file = Files.writeString(folder.resolve("password"), "battery staple\n");

        assertThat(secrets.resolve("file:" + file)).isEqualTo("battery staple");
    }

    @Test
    void what_is_not_there_is_a_reason_that_names_the_reference() {
        assertThatThrownBy(() -> secrets.resolve("env:MISSING"))
                .isInstanceOf(CouldNotCheck.class)
                .hasMessage("there is no secret at env:MISSING");
        assertThatThrownBy(() -> secrets.resolve("file:" + folder.resolve("none")))
                .isInstanceOf(CouldNotCheck.class);
        assertThatThrownBy(() -> secrets.resolve("secret:ns/name/key")).isInstanceOf(CouldNotCheck.class);
    }
}
