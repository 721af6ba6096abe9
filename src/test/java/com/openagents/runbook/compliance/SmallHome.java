package com.openagents.runbook.compliance;

import com.openagents.runbook.environment.Environment;
import com.openagents.runbook.environment.Environments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A runbook of three statements and two scenarios, with an environment called {@code there}. */
final class SmallHome {
    private static final String RUNBOOK = """
            ## 1 Daily checks

            - **1.1** Every pod is healthy.
            - **1.2** The autoscaler is stable.
            - **1.3** Somebody looks. *By a person: it is a judgement.*
            """;
    private static final String FEATURE = """
            @section-1 @check
            Feature: 1 Daily checks

              @statement:1.1 @severity:high
              Scenario: Every runtime pod is healthy
                Then every runtime pod is ready

              @statement:1.2 @severity:low
              Scenario: The autoscaler is calm
                Then the autoscaler is calm
            """;

    private final Path folder;

    SmallHome(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(Files.createDirectory(folder.resolve("docs")).resolve("runbook.md"), RUNBOOK);
        Files.createDirectory(features());
        Files.writeString(features().resolve("01.feature"), FEATURE);
        Files.createDirectory(environments());
        for (var name : new String[] {"schema.json", "waivers.schema.json", "controls.schema.json"}) {
            Files.copy(Path.of("environments", name), environments().resolve(name));
        }
    }

    Path features() {
        return folder.resolve("features");
    }

    /** Writes a file beside the environments. */
    void file(String name, String yaml) throws IOException {
        Files.writeString(environments().resolve(name), yaml);
    }

    /** @param more lines of its file */
    Environment environment(String more) throws IOException {
        file("there.yaml", "kind: live\ndescription: x\nsystems: {prometheus: {url: \"http://127.0.0.1:1\"}}\n" + more);
        return new Environments(environments()).find("there");
    }

    private Path environments() {
        return folder.resolve("environments");
    }
}
