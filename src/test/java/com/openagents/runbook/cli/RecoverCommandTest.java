package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverCommandTest {
    @TempDir
    private Path folder;

    @Test
    void where_no_replica_is_kept_none_is_started_to_be_recovered() throws IOException {
        var file = Files.writeString(folder.resolve("kept-by-nobody.yaml"), """
                kind: containers
                description: x
                systems:
                  kubernetes: {namespace: x}
                containers: {reuse: true}
                """);
        var err = new StringWriter();

        int exit = Main.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute("recover", "--environment", file.toString());

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("No replica of 'kept-by-nobody' is kept: there is nothing to recover.");
    }
}
