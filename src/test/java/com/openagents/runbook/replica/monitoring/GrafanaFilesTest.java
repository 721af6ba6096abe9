package com.openagents.runbook.replica.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrafanaFilesTest {
    @TempDir
    private Path folder;

    @Test
    void grafana_asks_the_prometheus_beside_it_itself() throws IOException {
        var source = read(GrafanaFiles.dataSource("http://prometheus:9090"))
                .path("datasources")
                .path(0);

        assertThat(source.path("type").asText()).isEqualTo("prometheus");
        assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
        assertThat(source.path("access").asText()).isEqualTo("proxy");
        assertThat(source.path("isDefault").asBoolean()).isTrue();
    }

    @Test
    void grafana_finds_its_dashboards_in_a_folder() throws IOException {
        var provider =
                read(GrafanaFiles.dashboardsIn("/dashboards")).path("providers").path(0);

        assertThat(provider.path("type").asText()).isEqualTo("file");
        assertThat(provider.path("options").path("path").asText()).isEqualTo("/dashboards");
    }

    @Test
    void the_published_dashboard_is_given_as_it_is() throws IOException {
        var file = Path.of("environments", "monitoring", "runtime-ops-dashboard.json");

        assertThat(ShownDashboard.read(file)).isEqualTo(new ShownDashboard("runtime-ops", Files.readString(file)));
    }

    @Test
    void a_dashboard_that_nobody_could_ask_for_is_refused() throws IOException {
        var file = Files.writeString(folder.resolve("dashboard.json"), "{}");

        assertThatThrownBy(() -> ShownDashboard.read(file))
                .hasMessageContaining("dashboard.json")
                .hasRootCauseMessage("it has no uid");
    }

    private static JsonNode read(String yaml) throws IOException {
        return new YAMLMapper().readTree(yaml);
    }
}
