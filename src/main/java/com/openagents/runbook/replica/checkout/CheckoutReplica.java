package com.openagents.runbook.replica.checkout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.openagents.runbook.replica.cluster.ClusterReplica;
import com.openagents.runbook.replica.cluster.node.ReplicaJvm;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.database.MigrationFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A folder laid out like the repository where the runbook touches it, with a {@code mix} of its own in {@code bin}. */
public final class CheckoutReplica {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();
    private static final List<String> JVM = List.of("-Xms32m", "-Xmx192m");
    private static final int TRAINING_SECONDS = 60;
    private static final Map<String, String> DOCUMENTS = Map.of(
            "openapi-internal-v1.yaml", "docs/openapi-internal-v1.yaml",
            "RUNTIME_CONTRACT.md", "docs/RUNTIME_CONTRACT.md",
            "RESTART_RECONNECT_CHAOS.md", "docs/RESTART_RECONNECT_CHAOS.md",
            "drill-report.md", "docs/reports/2026-02-21-runtime-khala-restart-reconnect-chaos-report.md");
    private static final Map<String, String> SCRIPTS = Map.of(
            "run-restart-reconnect-chaos-drills.sh", "scripts/run-restart-reconnect-chaos-drills.sh",
            "run-postdeploy-gate.sh", "deploy/jobs/run-postdeploy-gate.sh");

    private final Path folder;

    private CheckoutReplica(Path folder) {
        this.folder = folder;
    }

    /**
     * @param folder made if it is not there
     * @param jvm starts the programs of this build
     * @param database the server that the checkout's tasks work on
     */
    public static CheckoutReplica in(Path folder, ReplicaJvm jvm, DatabaseReplica database) {
        var checkout = new CheckoutReplica(folder.toAbsolutePath());
        try {
            checkout.write(jvm, database);
            return checkout;
        } catch (IOException e) {
            throw new UncheckedIOException("the checkout of the replica cannot be written", e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** Where {@code mix} lies. */
    public Path programs() {
        return folder.resolve("bin");
    }

    public Path runtime() {
        return folder.resolve("apps/runtime");
    }

    private void write(ReplicaJvm jvm, DatabaseReplica database) throws IOException {
        for (var document : DOCUMENTS.entrySet()) {
            put(document.getValue(), text(CheckoutReplica.class, document.getKey()));
        }
        for (var script : SCRIPTS.entrySet()) {
            executable(put(script.getValue(), text(CheckoutReplica.class, script.getKey())));
        }
        put("deploy/jobs/migration-job.yaml", text(ClusterReplica.class, "runtime-migrate-job.yaml"));
        put("deploy/jobs/smoke-job.yaml", text(ClusterReplica.class, "runtime-smoke-job.yaml"));
        base();
        MigrationFiles.copyTo(runtime().resolve("priv/repo/migrations"));
        Files.createDirectories(programs());
        var mix = programs().resolve("mix");
        Files.writeString(mix, launcher(jvm.trained(training(database)), database));
        executable(mix);
    }

    /** All tests, in a database that nobody else uses: what they load is what every task loads. */
    private ReplicaJvm.Training training(DatabaseReplica database) {
        var variables = new HashMap<>(variables(database));
        variables.put("MIX_TEST_PARTITION", "_training");
        return new ReplicaJvm.Training("mix", MixMain.class.getName(), List.of("ci"), variables, TRAINING_SECONDS);
    }

    private Map<String, String> variables(DatabaseReplica database) {
        return Map.of(
                MixMain.CHECKOUT,
                folder.toString(),
                MixMain.DATABASE,
                database.host() + ":" + database.port(),
                MixMain.PASSWORD,
                database.password(DatabaseReplica.POSTGRES));
    }

    /** The objects of the runtime, a file each, and the kustomization that names them. */
    private void base() throws IOException {
        var names = new ArrayList<String>();
        try (var objects =
                YAML.readerFor(JsonNode.class).<JsonNode>readValues(text(ClusterReplica.class, "runtime.yaml"))) {
            while (objects.hasNextValue()) {
                var object = objects.nextValue();
                var name = file(object);
                put("deploy/k8s/base/" + name, YAML.writeValueAsString(object));
                names.add(name);
            }
        }
        put(
                "deploy/k8s/base/kustomization.yaml",
                "resources:\n"
                        + names.stream().map(name -> "  - " + name + "\n").collect(Collectors.joining()));
    }

    private static String file(JsonNode object) {
        var kind = object.path("kind").asText().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "networkpolicy" -> "networkpolicy-ingress.yaml";
            case "service" ->
                object.at("/metadata/name").asText().endsWith("-headless")
                        ? "service-headless.yaml"
                        : "service-internal.yaml";
            case "poddisruptionbudget" -> "pdb.yaml";
            case "horizontalpodautoscaler" -> "hpa.yaml";
            default -> kind + ".yaml";
        };
    }

    private String launcher(ReplicaJvm jvm, DatabaseReplica database) {
        var command = jvm.commandLine(MixMain.class.getName(), JVM, List.of()).stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        var exports = variables(database).entrySet().stream()
                .map(variable -> "export " + variable.getKey() + "='" + variable.getValue() + "'\n")
                .sorted()
                .collect(Collectors.joining());
        return """
                #!/bin/sh
                # The mix of the replica's checkout: the same work against the replica, without Elixir.
                %sexec %s "$@"
                """.formatted(exports, command);
    }

    private Path put(String name, String text) throws IOException {
        var file = runtime().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String text(Class<?> beside, String name) throws IOException {
        try (InputStream resource = beside.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IOException("resource " + name + " is missing from the build");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
