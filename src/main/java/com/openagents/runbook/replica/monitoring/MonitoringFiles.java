package com.openagents.runbook.replica.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files that Prometheus and Alertmanager read, written whole so that neither reads a half one. */
final class MonitoringFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String RULES = "alert-rules.yaml";
    private static final String TARGETS = "targets.json";

    private final Path directory;

    MonitoringFiles(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    void create() throws IOException {
        Files.createDirectories(directory);
    }

    void writeRules(AlertRules rules) throws IOException {
        write(RULES, rules.text());
    }

    void writeTargets(List<ScrapeTarget> targets) throws IOException {
        write(TARGETS, targets(targets));
    }

    static String targets(List<ScrapeTarget> targets) {
        var entries = targets.stream()
                .map(target -> {
                    var labels = new TreeMap<>(target.labels());
                    labels.put("job", target.job());
                    return Map.of("targets", List.of(target.address()), "labels", labels);
                })
                .collect(Collectors.toList());
        try {
            return JSON.writeValueAsString(entries);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    Path writePrometheusConfiguration(List<String> alertmanagers, Duration pace) throws IOException {
        return write(
                "prometheus.yml",
                prometheusConfiguration(
                        directory.resolve(RULES).toString(),
                        directory.resolve(TARGETS).toString(),
                        alertmanagers,
                        pace,
                        Map.of()));
    }

    /**
     * @param rules where Prometheus finds the file of its rules
     * @param targets where it finds the file of what it scrapes, which may change
     * @param tls how it shows itself to what it scrapes over TLS
     */
    static String prometheusConfiguration(
            String rules, String targets, List<String> alertmanagers, Duration pace, Map<String, Object> tls) {
        var interval = pace.toMillis() + "ms";
        var found = Map.of("files", List.of(targets), "refresh_interval", "5s");
        return yaml(Map.of(
                "global",
                Map.of("scrape_interval", interval, "scrape_timeout", interval, "evaluation_interval", interval),
                "rule_files",
                List.of(rules),
                "alerting",
                Map.of("alertmanagers", List.of(statically(alertmanagers))),
                "scrape_configs",
                List.of(Map.of("job_name", "replica", "tls_config", tls, "file_sd_configs", List.of(found)))));
    }

    Path writeAlertmanagerConfiguration() throws IOException {
        return write("alertmanager.yml", alertmanagerConfiguration());
    }

    /** Alerts are kept and shown; nobody is told. */
    static String alertmanagerConfiguration() {
        return yaml(Map.of(
                "route",
                Map.of("receiver", "nobody", "group_wait", "1s", "group_interval", "1s"),
                "receivers",
                List.of(Map.of("name", "nobody"))));
    }

    private static String yaml(Object content) {
        try {
            return YAML.writeValueAsString(content);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    Path data(String program) throws IOException {
        return Files.createDirectories(directory.resolve(program + "-data"));
    }

    private static Map<String, Object> statically(List<String> targets) {
        return Map.of("static_configs", List.of(Map.of("targets", targets)));
    }

    private Path write(String name, String text) throws IOException {
        var fresh = Files.writeString(directory.resolve("." + name), text);
        return Files.move(
                fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
