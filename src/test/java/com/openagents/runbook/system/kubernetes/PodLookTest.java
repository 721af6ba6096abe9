package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.replica.http.JsonServer;
import com.openagents.runbook.replica.http.StubApiServer;
import com.openagents.runbook.system.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A Job whose pods' names, which are random, are not in the order in which the pods were made. */
class PodLookTest {
    private static final List<Map<String, Object>> PODS = Stream.of("c:01", "e:02", "b:05", "a:04", "d:03")
            .map(PodLookTest::pod)
            .toList();

    @Test
    void of_many_pods_of_a_job_the_newest_are_looked_at_and_the_others_named() {
        var seen = looksAt(PODS);

        assertThat(seen)
                .extracting(Evidence::title)
                .containsExactly(
                        "State of pod d",
                        "State of pod a",
                        "State of pod b",
                        "Older pods of Job smoke, which are not looked at");
        assertThat(seen.get(3).seen()).containsExactly(Map.of("pod", "c"), Map.of("pod", "e"));
    }

    @Test
    void that_a_job_has_no_pod_any_more_is_said() {
        assertThat(looksAt(List.of()))
                .extracting(Evidence::title)
                .containsExactly("Pods of Job smoke, of which none is left");
    }

    private static List<Evidence> looksAt(List<Map<String, Object>> pods) {
        var seen = new ArrayList<Evidence>();
        try (var server = new StubApiServer(Map.of(
                "/api/v1/namespaces/staging/pods",
                exchange -> JsonServer.answer(
                        exchange, 200, Map.of("kind", "PodList", "metadata", Map.of(), "items", pods))))) {
            var client = server.client();
            UnsharedSystem.of(client, "staging", seen::add).looksAtJob("smoke").stream()
                    .filter(look -> look.what().startsWith("the pods"))
                    .map(Look::act)
                    .forEach(Runnable::run);
        }
        return seen;
    }

    /** @param made name and minute */
    private static Map<String, Object> pod(String made) {
        var parts = made.split(":");
        return Map.of(
                "metadata",
                Map.of("name", parts[0], "creationTimestamp", "2026-03-01T12:" + parts[1] + ":00Z"),
                "spec",
                Map.of("containers", List.of()),
                "status",
                Map.of("phase", "Failed"));
    }
}
