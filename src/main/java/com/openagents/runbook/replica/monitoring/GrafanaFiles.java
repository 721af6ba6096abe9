package com.openagents.runbook.replica.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The files by which Grafana is provisioned. */
final class GrafanaFiles {
    private static final YAMLMapper YAML = new YAMLMapper();

    private GrafanaFiles() {}

    /** The one data source, which a dashboard with a variable for it takes without being told. */
    static String dataSource(String prometheus) {
        return yaml(Map.of(
                "apiVersion",
                1,
                "datasources",
                List.of(Map.of(
                        "name",
                        "Prometheus",
                        "uid",
                        "prometheus",
                        "type",
                        "prometheus",
                        "access",
                        "proxy",
                        "url",
                        prometheus,
                        "isDefault",
                        true))));
    }

    static String dashboardsIn(String folder) {
        return yaml(Map.of(
                "apiVersion",
                1,
                "providers",
                List.of(Map.of("name", "runbook", "type", "file", "options", Map.of("path", folder)))));
    }

    private static String yaml(Object content) {
        try {
            return YAML.writeValueAsString(content);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
