package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.system.Needed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainersEnvironmentTest {
    @Test
    void without_an_engine_it_says_so_in_one_line() {
        // To ask an engine may begin with fetching an image, for minutes where no registry can be reached.
        assumeFalse(
                System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock")),
                "there may be a Docker engine here");
        var containers = new Environments(Path.of("environments")).find("containers");

        assertThatThrownBy(() -> containers.open(new Redactor(), new Silent(), List.of(), Needed.nothing()))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessage("environment 'containers' needs a Docker engine, and none answers: start one or set"
                        + " DOCKER_HOST; the environment 'embedded' needs none");
    }
}
