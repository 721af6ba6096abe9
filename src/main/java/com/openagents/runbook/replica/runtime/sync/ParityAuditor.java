package com.openagents.runbook.replica.runtime.sync;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.db.Row;
import com.openagents.runbook.replica.runtime.db.Sql;
import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.telemetry.SyncMetrics;
import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the newest checkpoints with the read models (contract 10.5). */
final class ParityAuditor {
    private final Database database;
    private final int sampleSize;
    private final SyncMetrics.Parity metrics;
    private final ToolMetrics failures;

    ParityAuditor(Database database, int sampleSize, SyncMetrics.Parity metrics, ToolMetrics failures) {
        this.database = database;
        this.sampleSize = sampleSize;
        this.metrics = metrics;
        this.failures = failures;
    }

    void cycle() throws SQLException {
        var comparisons = database.transaction(sql -> {
            var found = new ArrayList<Comparison>();
            for (var sample : samples(sql)) {
                found.add(compare(sql, sample));
            }
            return found;
        });
        comparisons.forEach(this::report);
        long mismatches = comparisons.stream().filter(Comparison::isMismatch).count();
        var drift = comparisons.stream().mapToLong(Comparison::absoluteDrift).summaryStatistics();
        var status = comparisons.isEmpty() ? "empty" : mismatches == 0 ? "ok" : "mismatch";
        metrics.cycle(
                status, comparisons.size(), mismatches, comparisons.isEmpty() ? 0 : drift.getMax(), drift.getAverage());
    }

    private void report(Comparison comparison) {
        var status = comparison.isMismatch() ? "mismatch" : "ok";
        metrics.entity(status, comparison.reasonClass(), comparison.topic(), comparison.absoluteDrift());
        if (comparison.isMismatch()) {
            failures.parityFailure("sync_dual_publish", comparison.reasonClass(), "sync_parity_auditor", "mismatch");
        }
    }

    private List<Sample> samples(Sql sql) throws SQLException {
        return sql.list(
                "SELECT * FROM runtime.khala_projection_checkpoints ORDER BY updated_at DESC LIMIT ?",
                Sample::read,
                sampleSize);
    }

    private static Comparison compare(Sql sql, Sample sample) throws SQLException {
        var topic = switch (sample.projection()) {
            case Summary.RUN -> Topics.RUN_SUMMARIES;
            case Summary.WORKER -> Topics.WORKER_SUMMARIES;
            default -> "runtime.unknown";
        };
        if (topic.equals("runtime.unknown")) {
            return new Comparison("unsupported_projection", topic, sample.seq());
        }
        Optional<Document> document = sql.find(
                "SELECT doc_version, payload FROM " + ReadModelSink.table(sample.projection()) + " WHERE doc_key = ?",
                row -> new Document(row.number("doc_version"), row.json("payload")),
                sample.documentId());
        if (document.isEmpty()) {
            return new Comparison("khala_missing", topic, sample.seq());
        }
        long drift = Math.abs(sample.seq() - document.get().version());
        boolean sameHash = document.get().hash().equals(sample.hash());
        return new Comparison(reason(sameHash, drift), topic, drift);
    }

    private static String reason(boolean sameHash, long drift) {
        if (sameHash) {
            return drift == 0 ? "none" : "lag_drift";
        }
        return drift == 0 ? "summary_hash_mismatch" : "hash_and_lag_drift";
    }

    private record Sample(String projection, String documentId, long seq, String hash) {
        static Sample read(Row row) throws SQLException {
            return new Sample(
                    row.text("projection_name"),
                    row.text("document_id"),
                    row.number("last_runtime_seq"),
                    row.text("summary_hash"));
        }
    }

    private record Document(long version, Map<String, Object> payload) {
        String hash() {
            var compared = new LinkedHashMap<>(payload);
            compared.remove("projected_at");
            return Digests.canonical(compared);
        }
    }

    private record Comparison(String reasonClass, String topic, long absoluteDrift) {
        boolean isMismatch() {
            return !reasonClass.equals("none");
        }
    }
}
