package com.openagents.runbook.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.openagents.runbook.replica.containers.ReachableReplica;
import com.openagents.runbook.replica.containers.ReplicaAccess;
import com.openagents.runbook.replica.containers.StandIns;
import com.openagents.runbook.replica.database.DatabaseReplica;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerAccessTest {
    private static final URI OWN = URI.create("http://127.0.0.1:33000");

    @TempDir
    private Path work;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {java: mirror/temurin}    | {}                             | false
                    {grafana: mirror/grafana} | {}                             | true
                    {grafana: mirror/grafana} | {url: "http://127.0.0.1:3001"} | false
                    {grafana: mirror/grafana} | null                           | false
                    """)
    void a_grafana_is_started_only_where_its_image_is_named_and_nothing_else_is_asked(
            String images, String grafana, boolean starts) throws JsonProcessingException {
        assertThat(ContainerAccess.startsGrafana(file(images, grafana))).isEqualTo(starts);
    }

    @Test
    void one_that_was_started_is_asked() throws JsonProcessingException {
        assertThat(asked("{}", Optional.of(OWN)).url()).isEqualTo(OWN.toString());
    }

    @Test
    void without_one_the_file_is_read() throws JsonProcessingException {
        assertThat(asked("{}", Optional.empty()).url()).isNull();
    }

    @Test
    void one_elsewhere_stays_there() throws JsonProcessingException {
        var elsewhere = asked("{url: \"http://127.0.0.1:3001\"}", Optional.empty());

        assertThat(elsewhere.url()).isEqualTo("http://127.0.0.1:3001");
    }

    @Test
    void commands_name_a_kubeconfig_that_stays_where_there_is_one() throws JsonProcessingException {
        var stays = work.resolve("of-up");
        var wanted = file("{}", "{}").systems();

        var asked = ContainerAccess.systems(wanted, new Started(work, Optional.empty(), Optional.of(stays)));

        assertThat(asked.kubernetes().kubeconfig()).isEqualTo(stays.toString());
    }

    private EnvironmentFile.Endpoint asked(String grafana, Optional<URI> own) throws JsonProcessingException {
        var wanted = file("{}", grafana).systems();
        return ContainerAccess.systems(wanted, new Started(work, own, Optional.empty()))
                .grafana();
    }

    private static EnvironmentFile file(String images, String grafana) throws JsonProcessingException {
        return new YAMLMapper().readValue("""
                        kind: containers
                        systems: {kubernetes: {namespace: x}, grafana: %s}
                        containers: {images: %s}
                        """.formatted(grafana, images), EnvironmentFile.class);
    }

    /** Of a replica, what is asked for here. */
    private record Started(Path work, Optional<URI> grafana, Optional<Path> kubeconfigFile)
            implements ReachableReplica {
        @Override
        public ReplicaAccess access() {
            return new ReplicaAccess("", "", null, null, null, null, null, grafana.orElse(null));
        }

        @Override
        public DatabaseReplica database() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StandIns standIns() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }
}
