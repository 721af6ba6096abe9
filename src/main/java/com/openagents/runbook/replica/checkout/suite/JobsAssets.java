package com.openagents.runbook.replica.checkout.suite;

import static com.openagents.runbook.replica.checkout.suite.Suite.check;
import static com.openagents.runbook.replica.checkout.suite.Suite.same;
import static com.openagents.runbook.replica.checkout.suite.Suite.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The manifests of the two Jobs and the gate script (contract 1.7, 1.8). */
final class JobsAssets {
    private static final String PROGRAM = "bin/openagents_runtime";
    private static final String MIGRATE = "OpenAgentsRuntime.Release.migrate_and_verify!()";
    private static final String SMOKE =
            "OpenAgentsRuntime.Deploy.Smoke.run!(base_url: System.get_env(\"SMOKE_BASE_URL\"), tail_ms: 150)";

    Suite suite() {
        return new Suite(
                "test/openagents_runtime/deploy/jobs_assets_test.exs",
                List.of(
                        test(
                                "the migration job migrates and verifies",
                                at -> command(at, "migration-job.yaml", MIGRATE)),
                        test("the smoke job runs the smoke check", at -> command(at, "smoke-job.yaml", SMOKE)),
                        test("the migration job has the three secrets", at -> secrets(at, "migration-job.yaml")),
                        test("the smoke job has the three secrets", at -> secrets(at, "smoke-job.yaml")),
                        test("the gate script runs both jobs", JobsAssets::gate)));
    }

    private static void command(Service service, String file, String expression) throws IOException {
        var seen = Manifest.texts(container(service, file).path("command"));
        same("command of " + file, List.of(PROGRAM, "eval", expression), seen);
    }

    private static void secrets(Service service, String file) throws IOException {
        var keys = new TreeSet<String>();
        for (var variable : Manifest.items(container(service, file).path("env"))) {
            var reference = variable.path("valueFrom").path("secretKeyRef");
            if (reference.path("name").asText().equals("runtime-secrets")) {
                same("key of variable", variable.path("name"), reference.path("key"));
                keys.add(reference.path("key").asText());
            }
        }
        same(
                "secrets of " + file,
                new TreeSet<>(Set.of("DATABASE_URL", "SECRET_KEY_BASE", "RUNTIME_SIGNATURE_SECRET")),
                keys);
    }

    private static void gate(Service service) throws IOException {
        var script = Files.readString(service.workspace().runtime().resolve("deploy/jobs/run-postdeploy-gate.sh"));
        for (var job : List.of("runtime-migrate", "runtime-smoke")) {
            check(script.contains(job), "run-postdeploy-gate.sh does not mention " + job);
        }
    }

    private static JsonNode container(Service service, String file) throws IOException {
        return Manifest.read(service.workspace().runtime().resolve("deploy/jobs/" + file))
                .at("/spec/template/spec/containers/0");
    }
}
