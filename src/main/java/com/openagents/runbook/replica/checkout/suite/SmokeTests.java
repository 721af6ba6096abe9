package com.openagents.runbook.replica.checkout.suite;

import static com.openagents.runbook.replica.checkout.suite.Suite.check;
import static com.openagents.runbook.replica.checkout.suite.Suite.same;
import static com.openagents.runbook.replica.checkout.suite.Suite.test;

import com.openagents.runbook.replica.runtime.release.Release;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The smoke check of the release against a running service, and against none (contract 4). */
final class SmokeTests {
    private static final String RUN =
            "OpenAgentsRuntime.Deploy.Smoke.run!(base_url: System.get_env(\"%s\"), tail_ms: 150)";

    Suite suite() {
        return new Suite(
                "test/openagents_runtime/deploy/smoke_test.exs",
                List.of(
                        test("a healthy service passes", SmokeTests::passes),
                        test("nothing is left behind", SmokeTests::leavesNothing),
                        test("a service that is not there fails", SmokeTests::fails)));
    }

    private static void passes(Service service) throws Exception {
        var out = new ByteArrayOutputStream();
        int status = smoke(service.started(), "SMOKE_BASE_URL", out);
        check(status == 0, "smoke check ended with status " + status + ": " + out.toString(StandardCharsets.UTF_8));
        check(
                out.toString(StandardCharsets.UTF_8).contains("runtime smoke check passed"),
                "it does not say that it passed");
    }

    private static void leavesNothing(Service service) throws Exception {
        same(
                "smoke runs left",
                "0",
                service.data().one("SELECT count(*)::text FROM runtime.runs WHERE run_id LIKE 'smoke_run_%'"));
    }

    /** Without the variable the address is that of the cluster, which does not exist here. */
    private static void fails(Service service) throws Exception {
        var out = new ByteArrayOutputStream();
        int status = smoke(service.started(), "NO_SUCH_VARIABLE", out);
        same("status without a service", 1, status);
        check(
                out.toString(StandardCharsets.UTF_8).contains("health_http_error"),
                "it does not name the step: " + out.toString(StandardCharsets.UTF_8));
    }

    private static int smoke(Service service, String variable, ByteArrayOutputStream out) throws Exception {
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Release(service.config(), stream, stream).evaluate(RUN.formatted(variable));
    }
}
