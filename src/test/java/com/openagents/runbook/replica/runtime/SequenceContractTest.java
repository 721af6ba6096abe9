package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Outcomes that depend on what was before: requests one after the other, with what SQL puts between them. */
@ExtendWith(SharedDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SequenceContractTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private DatabaseReplica database;
    private TestRuns runs;
    private TestPod pod;
    private ProviderStandIn provider;

    @BeforeAll
    void start(DatabaseReplica shared) throws Exception {
        database = shared;
        runs = new TestRuns(database);
        provider = new ProviderStandIn();
        pod = TestPod.start(database, provider.variables());
    }

    @AfterAll
    void stop() {
        pod.close();
        provider.close();
    }

    @TestFactory
    Stream<DynamicTest> sequences_answer_as_the_contract_says() {
        return Rows.tests("sequences.yaml", row -> {
            var filled = new RowNames(runs).fill(row);
            if (filled.containsKey("variables")) {
                var variables = new HashMap<String, String>();
                Rows.map(filled, "variables").forEach((name, value) -> variables.put(name, (String) value));
                try (var own = TestPod.start(database, variables)) {
                    play(own, filled);
                }
            } else {
                play(pod, filled);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private void play(TestPod on, Map<String, Object> row) throws Exception {
        for (var step : (List<Map<String, Object>>) row.get("steps")) {
            if (step.get("sql") instanceof String statement) {
                runs.execute(statement);
            } else if (step.get("await") instanceof String query) {
                await(query)
                        .atMost(SOON)
                        .untilAsserted(() -> assertThat(runs.one(query)).isEqualTo(step.get("is")));
            } else {
                var request = new RowRequest(step);
                request.check(request.send(on));
            }
        }
    }
}
