package com.openagents.runbook.triage;

import static com.openagents.runbook.system.database.ActivityQuestion.CANCELS;
import static com.openagents.runbook.system.database.ActivityQuestion.DENIALS;
import static com.openagents.runbook.system.database.ActivityQuestion.EXECUTORS_LOST;
import static com.openagents.runbook.system.database.ActivityQuestion.LEASES;
import static com.openagents.runbook.system.database.ActivityQuestion.TOOLS;

import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.database.Activity;
import com.openagents.runbook.system.database.ActivityQuestion;
import com.openagents.runbook.system.kubernetes.LogTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What logs, metrics and tables say of the service itself: errors that fill the log, then in the order of section 4. */
final class ServiceRules {
    /** Fewer than that happen on every good day. */
    private static final long FEW = 5;

    private static final int ERROR_PERCENT = 20;

    private final Seen seen;
    private final IncidentThresholds thresholds;

    ServiceRules(Seen seen, IncidentThresholds thresholds) {
        this.seen = seen;
        this.thresholds = thresholds;
    }

    List<Supplier<Optional<Suspicion>>> inOrder() {
        return List.of(
                this::errors,
                this::lostExecutors,
                this::toolFailures,
                this::denials,
                () -> inLogs("sync.auth", "rejected", "Sync tokens are rejected", "4F.2"),
                () -> inLogs("sync.heartbeat", "timeout", "Sync clients time out", "4G.2"),
                () -> inLogs("sync.cursor", "stale_cursor", "Sync clients come back with stale cursors", "4G.3"),
                this::cancels,
                this::clientsGoAway,
                this::refusedTables,
                this::unreadLogs,
                this::silentLogs);
    }

    private Optional<Suspicion> lostExecutors() {
        long lost = sum(EXECUTORS_LOST, "times");
        long expired = seen.activity()
                .map(activity -> activity.sum(LEASES, "leases", "state", List.of("expired")))
                .orElse(0L);
        long stolen = logged("lease.operation", "stolen");
        if (lost + expired + stolen == 0) {
            return Optional.empty();
        }
        var restsOn = new ArrayList<String>();
        restsOn.add(lost + " times run.executor_lost, " + expired + " expired leases of runs that go on, " + stolen
                + " leases stolen in the logs");
        rows(EXECUTORS_LOST).stream()
                .limit(FEW)
                .forEach(row ->
                        restsOn.add(row.get("run_id") + ": " + row.get("times") + " times, last " + row.get("last")));
        return Optional.of(new Suspicion("Pods lose their leases", restsOn, "4B.3", command(EXECUTORS_LOST)));
    }

    private Optional<Suspicion> toolFailures() {
        var bad = List.of("failed", "timed_out");
        long failed = seen.activity()
                .map(activity -> activity.sum(TOOLS, "tasks", "state", bad))
                .orElse(0L);
        long inLogs = logged("tool.lifecycle", "failed") + logged("tool.lifecycle", "timeout");
        if (failed + inLogs < FEW) {
            return Optional.empty();
        }
        var restsOn = new ArrayList<String>();
        rows(TOOLS).stream()
                .filter(row -> bad.contains(row.get("state")))
                .limit(FEW)
                .forEach(row -> restsOn.add(row.get("tasks") + " tasks of " + row.get("tool_name") + " "
                        + row.get("state") + " " + row.get("error_class")));
        reasons("tool.lifecycle").forEach((reason, count) -> restsOn.add(count + " in the logs: " + reason));
        return Optional.of(new Suspicion("Tool calls fail", restsOn, "4C.2", command(TOOLS)));
    }

    private Optional<Suspicion> denials() {
        long stored = sum(DENIALS, "denials");
        long inLogs = logged("policy.decision", "denied");
        if (Math.max(stored, inLogs) < FEW) {
            return Optional.empty();
        }
        var restsOn = new ArrayList<String>();
        rows(DENIALS).stream()
                .limit(FEW)
                .forEach(row -> restsOn.add(row.get("denials") + " times " + row.get("reason_code")
                        + ", for example run " + row.get("a_run")));
        reasons("policy.decision").forEach((reason, count) -> restsOn.add(count + " in the logs: " + reason));
        return Optional.of(new Suspicion("Policy denies what runs ask for", restsOn, "4D.1", command(DENIALS)));
    }

    private Optional<Suspicion> inLogs(String event, String outcome, String what, String statement) {
        long times = logged(event, outcome);
        if (times < FEW) {
            return Optional.empty();
        }
        var restsOn = new ArrayList<String>();
        restsOn.add(times + " times " + event + " " + outcome + " in the logs");
        reasons(event).forEach((reason, count) -> restsOn.add(count + " because of " + reason));
        return Optional.of(new Suspicion(what, restsOn, statement, logCommand(event)));
    }

    private Optional<Suspicion> cancels() {
        long runs = sum(CANCELS, "runs");
        return runs < FEW
                ? Optional.empty()
                : Optional.of(new Suspicion(
                        "Runs are canceled in a storm",
                        List.of(sum(CANCELS, "requests") + " cancel requests for " + runs + " runs"),
                        "4A.4",
                        command(CANCELS)));
    }

    private Optional<Suspicion> clientsGoAway() {
        long gone = logged("stream.session", "client_closed");
        long whole = logged("stream.session", "tail_timeout");
        return gone < thresholds.few() || gone <= whole
                ? Optional.empty()
                : Optional.of(new Suspicion(
                        "Clients leave their streams early",
                        List.of(gone + " streams left by their client, " + whole + " at their end"),
                        "4A.2",
                        logCommand("stream.session")));
    }

    private Optional<Suspicion> errors() {
        return seen.logs()
                .value()
                .filter(logs -> logs.level("error") >= FEW && logs.level("error") * 100 > logs.lines() * ERROR_PERCENT)
                .map(logs -> new Suspicion(
                        "The service logs errors over and over",
                        logs.errors().entrySet().stream()
                                .limit(FEW)
                                .map(error -> error.getValue() + " times: " + error.getKey())
                                .toList(),
                        "3.2",
                        logs.command() + " | grep '\\[error\\]'"));
    }

    private Optional<Suspicion> refusedTables() {
        return seen.activity()
                .value()
                .filter(activity -> !activity.refused().isEmpty())
                .map(activity -> new Suspicion(
                        "Tables of the runtime cannot be read in " + activity.database(),
                        activity.refused().entrySet().stream()
                                .map(entry -> entry.getKey().title() + ": " + entry.getValue())
                                .toList(),
                        "9.7",
                        activity.commands()
                                .get(activity.refused().keySet().iterator().next())));
    }

    private Optional<Suspicion> unreadLogs() {
        return seen.logs()
                .value()
                .filter(logs -> !logs.unread().isEmpty())
                .map(logs -> new Suspicion(
                        "Logs of runtime pods cannot be read",
                        logs.unread().stream()
                                .map(log -> log.name() + ": " + log.trouble().orElse(""))
                                .toList(),
                        "4A.1",
                        logs.kubectl().command("logs " + logs.unread().get(0).pod() + " --tail=20")));
    }

    /** Not an incident; but whoever greps the logs must know that nothing is there to be found (A15). */
    private Optional<Suspicion> silentLogs() {
        return seen.logs()
                .value()
                .filter(logs -> logs.told(any -> true) == 0 && !logs.asked().isEmpty())
                .map(logs -> new Suspicion(
                        "The logs tell nothing of streams, leases and tools: the service does not write it down",
                        logs.asked().entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey() + ", and no outcome of any")
                                .toList(),
                        "4A.1",
                        logs.command()));
    }

    private long logged(String event, String outcome) {
        return seen.logs()
                .map(logs -> logs.outcomes().getOrDefault(event, Map.of()).getOrDefault(outcome, 0L))
                .orElse(0L);
    }

    private Map<String, Long> reasons(String event) {
        return seen.logs()
                .map(logs -> logs.reasons().getOrDefault(event, Map.of()))
                .orElse(Map.of());
    }

    private long sum(ActivityQuestion question, String column) {
        return seen.activity().map(activity -> activity.sum(question, column)).orElse(0L);
    }

    private List<Map<String, String>> rows(ActivityQuestion question) {
        return seen.activity().map(activity -> activity.rows(question)).orElse(List.of());
    }

    private String command(ActivityQuestion question) {
        return seen.activity()
                .map(Activity::commands)
                .map(commands -> commands.get(question))
                .orElse("");
    }

    private String logCommand(String event) {
        return seen.logs().map(LogTally::command).orElse("") + " | grep '" + event + "'";
    }
}
