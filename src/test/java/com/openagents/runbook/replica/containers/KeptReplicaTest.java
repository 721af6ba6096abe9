package com.openagents.runbook.replica.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.replica.ReplicaSecrets;
import com.openagents.runbook.replica.database.AttachedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptReplicaTest {
    private static final Map<String, String> MADE_OF = Map.of("the image of java", "temurin:17 (sha256:1)");
    private static final KeptReplica KEPT = new KeptReplica(
            "session",
            MADE_OF,
            List.of("one", "two"),
            Path.of("/replica/kubeconfig"),
            new ReplicaAccess(
                    "apiVersion: v1",
                    "openagents/runtime:1",
                    ReplicaSecrets.random("ecto://runtime_app:hidden@172.17.0.2:5432/openagents_runtime_dev"),
                    new AttachedServer.Access(
                            "one", "127.0.0.1", 5432, "172.17.0.2:5432", Map.of("postgres", "hidden")),
                    URI.create("http://127.0.0.1:1"),
                    URI.create("http://127.0.0.1:2"),
                    URI.create("http://127.0.0.1:3"),
                    null));

    @TempDir
    private Path folder;

    @Test
    void what_is_written_is_read_again() {
        var file = folder.resolve("kept").resolve("containers.json");

        KEPT.write(file);

        assertThat(KeptReplica.read(file)).contains(KEPT);
    }

    @Test
    void only_its_user_reads_the_file() throws IOException {
        var file = folder.resolve("containers.json");

        KEPT.write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void it_shows_no_secret_in_words() {
        assertThat(KEPT + " " + KEPT.access() + " " + KEPT.access().database()).doesNotContain("hidden");
    }

    @Test
    void a_file_that_cannot_be_read_is_named_and_not_shown() throws IOException {
        var file = Files.writeString(folder.resolve("containers.json"), "{\"kubeconfig\": hidden");

        assertThatThrownBy(() -> KeptReplica.read(file))
                .hasMessageContaining("containers.json")
                .satisfies(problem -> {
                    assertThat(problem).hasStackTraceContaining("containers.json");
                    assertThat(String.valueOf(problem.getCause())).doesNotContain("hidden");
                });
    }

    @Test
    void without_a_file_there_is_none() {
        assertThat(KeptReplica.read(folder.resolve("containers.json"))).isEmpty();
    }

    @Test
    void made_of_the_same_it_does_not_differ() {
        assertThat(KEPT.differsFrom(MADE_OF)).isEmpty();
    }

    @Test
    void the_same_name_for_another_image_is_another_replica() {
        assertThat(KEPT.differsFrom(Map.of("the image of java", "temurin:17 (sha256:2)")))
                .contains("the image of java was temurin:17 (sha256:1) and is temurin:17 (sha256:2)");
    }

    @Test
    void what_was_not_written_down_makes_another_replica() {
        var now = new TreeMap<>(MADE_OF);
        now.put("replica.load", "true");

        assertThat(KEPT.differsFrom(now)).contains("replica.load was not there and is true");
    }

    @Test
    void what_was_written_down_and_is_wanted_no_more_makes_another_replica() {
        assertThat(KEPT.differsFrom(Map.of())).contains("the image of java was temurin:17 (sha256:1) and is not there");
    }
}
