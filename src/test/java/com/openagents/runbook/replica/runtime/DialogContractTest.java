package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the sync socket says to what a client says, message by message (contract 5.1 to 5.4). */
@ExtendWith(SharedDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DialogContractTest {
    private static final String TOPIC = "runtime.notifications";

    private DatabaseReplica database;
    private TestRuns rows;
    private TestPod pod;

    @BeforeAll
    void start(DatabaseReplica shared) throws Exception {
        database = shared;
        rows = new TestRuns(database);
        pod = TestPod.start(database);
    }

    @AfterAll
    void stop() {
        pod.close();
    }

    @TestFactory
    Stream<DynamicTest> dialogs_go_as_the_contract_says() {
        return Rows.tests("dialogs.yaml", row -> {
            var variables = new HashMap<String, String>();
            Rows.map(row, "variables").forEach((name, value) -> variables.put(name, (String) value));
            if (variables.isEmpty()) {
                talk(pod, row);
                return;
            }
            try (var own = TestPod.start(database, variables)) {
                talk(own, row);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private void talk(TestPod with, Map<String, Object> row) throws Exception {
        keep(List.of());
        var query = "?vsn=" + row.getOrDefault("vsn", "2.0.0") + "&token=" + SyncTokens.forTopics(TOPIC);
        try (var client = SyncClient.open(with, query)) {
            for (var step : (List<Map<String, Object>>) row.get("talk")) {
                if (step.containsKey("keep")) {
                    keep((List<Integer>) step.get("keep"));
                } else if (step.get("sql") instanceof String statement) {
                    rows.execute(statement);
                } else if (step.get("say") instanceof String text) {
                    client.sendText(text);
                } else if (step.get("hear") instanceof String text) {
                    assertThat(said(client)).matches(pattern(text));
                } else {
                    assertThat(client.closeCode()).isEqualTo(step.get("closes"));
                }
            }
        }
    }

    /** The topic holds exactly these watermarks and has never had a higher one. */
    private void keep(List<Integer> watermarks) throws Exception {
        rows.execute("DELETE FROM runtime.sync_stream_events WHERE topic = '" + TOPIC + "'");
        for (var watermark : watermarks) {
            rows.execute("INSERT INTO runtime.sync_stream_events (topic, watermark, doc_key, doc_version, payload,"
                    + " inserted_at) VALUES ('" + TOPIC + "', " + watermark + ", 'd', 1, '{\"n\":" + watermark
                    + "}', timezone('utc', now()))");
        }
        int head = watermarks.stream().mapToInt(Integer::intValue).max().orElse(0);
        rows.execute(
                "UPDATE runtime.sync_topic_sequences SET next_watermark = " + head + " WHERE topic = '" + TOPIC + "'");
    }

    private static String said(SyncClient client) throws InterruptedException {
        return Json.write(client.next());
    }

    /** A star stands for anything. */
    private static Pattern pattern(String text) {
        return Pattern.compile(
                Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
    }
}
