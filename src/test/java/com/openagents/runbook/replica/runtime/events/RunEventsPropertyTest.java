package com.openagents.runbook.replica.runtime.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.TestRuns;
import com.openagents.runbook.replica.runtime.config.DatabaseSettings;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.security.Sanitizer;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

class RunEventsPropertyTest {
    private DatabaseReplica server;
    private Database database;
    private TestRuns runs;
    private RunEvents events;

    @BeforeProperty
    void start() {
        server = DatabaseReplica.start(DatabaseOptions.defaults());
        var settings = DatabaseSettings.parse(server.ectoUrl(DatabaseReplica.TEST), 2);
        database = new Database(settings, new SystemMetrics(new Metrics()));
        runs = new TestRuns(server);
        events = new RunEvents(database, Sanitizer.intended(), InstantSource.system(), runId -> {});
    }

    @AfterProperty
    void stop() {
        database.close();
        server.close();
    }

    @Property(tries = 40)
    void any_sequence_is_contiguous_chained_and_readable_from_any_cursor(
            @ForAll("payloads") @Size(min = 1, max = 8) List<Map<String, Object>> payloads,
            @ForAll @IntRange(min = 0, max = 9) int cursor)
            throws Exception {
        var run = runs.create();
        for (var payload : payloads) {
            events.append(run, "run.note", payload);
        }

        String previous = null;
        long seq = 0;
        for (var event : events.after(run, 0, 100)) {
            assertThat(event.seq()).isEqualTo(++seq);
            var digest = Digests.term(event.payload());
            var hash = Digests.event(run, seq, "run.note", digest, previous);
            assertThat(stored("event_hash", run, seq)).isEqualTo(hash);
            assertThat(stored("prev_hash", run, seq)).isEqualTo(previous);
            previous = hash;
        }
        assertThat(seq).isEqualTo(payloads.size());
        assertThat(events.after(run, cursor, 100)).hasSize(Math.max(payloads.size() - cursor, 0));
    }

    private String stored(String column, String run, long seq) throws Exception {
        return runs.one("SELECT " + column + " FROM runtime.run_events WHERE run_id = ? AND seq = " + seq, run);
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> payloads() {
        // The database refuses the character zero and lone surrogates in JSON.
        var texts = Arbitraries.strings().withCharRange(' ', '\u02ff').ofMaxLength(12);
        Arbitrary<Object> values = Arbitraries.oneOf(
                texts.asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                // A whole number written as a float comes back from the database as an integer.
                Arbitraries.of(1.5, -0.25, 0.1).asGeneric(),
                texts.list().ofMaxSize(3).asGeneric());
        return Arbitraries.maps(texts.ofMinLength(1), values)
                .ofMaxSize(6)
                .<Map<String, Object>>map(map -> Json.object("m", map, "k", "v"))
                .list()
                .ofMaxSize(8);
    }
}
