package com.openagents.runbook.bench;

import com.openagents.runbook.replica.controlplane.ControlPlaneReplica;
import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.load.Load;
import com.openagents.runbook.replica.load.LoadOptions;
import com.openagents.runbook.replica.load.LoadSummary;
import com.openagents.runbook.replica.load.LoadTarget;
import com.openagents.runbook.replica.load.Percentiles;
import com.openagents.runbook.replica.runtime.PodProcess;
import com.openagents.runbook.replica.runtime.TestPod;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Many clients and runs against two pods in processes of their own. Ends with 1 if anything was lost or went wrong. */
public final class RuntimeBench {
    private static final Map<String, String> SIGNING = Map.of(
            "OA_SYNC_TOKEN_ISSUER", "https://app.test",
            "OA_SYNC_TOKEN_KEY_ID", "sync-auth-v1",
            "OA_SYNC_TOKEN_SIGNING_KEY", "a-signing-key");
    private static final String API_TOKEN = "bench-api-token";

    private final PrintStream out;

    private RuntimeBench(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        var bench = new RuntimeBench(System.out);
        var options = options(
                number(arguments, 0, 1_000),
                number(arguments, 1, 200),
                number(arguments, 2, 60),
                number(arguments, 3, 30),
                number(arguments, 4, 2));
        // Streams that a failed run left open must not keep the process.
        System.exit(bench.run(options) ? 0 : 1);
    }

    private static int number(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    private static LoadOptions options(int clients, int runs, int seconds, int stay, int workerPause) {
        return new LoadOptions(
                20_261_124,
                runs,
                Duration.ofSeconds(2),
                10,
                Duration.ofSeconds(workerPause),
                clients,
                Duration.ofSeconds(stay),
                0.02,
                Duration.ofMillis(200),
                false,
                Duration.ofSeconds(30),
                Duration.ofSeconds(seconds),
                Long.MAX_VALUE);
    }

    private boolean run(LoadOptions options) throws Exception {
        out.printf(
                "%d sync clients, %d concurrent runs, %d s; %d processors, %s, Java %s, seed %d%n",
                options.syncClients(),
                options.runs(),
                options.limit().toSeconds(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.version"),
                options.seed());
        var folder = Files.createTempDirectory(Path.of("target"), "bench-");
        var mintVariables = new java.util.HashMap<>(SIGNING);
        mintVariables.put("OA_REPLICA_API_TOKENS", API_TOKEN + "=" + TestPod.USER);
        try (var database = DatabaseReplica.start(DatabaseOptions.defaults());
                var mint = ControlPlaneReplica.start(mintVariables, folder.resolve("control-plane.log"));
                var one = PodProcess.start(database, SIGNING, folder);
                var other = PodProcess.start(database, SIGNING, folder)) {
            var addresses = List.of(URI.create(one.url("")), URI.create(other.url("")));
            var target = new LoadTarget(
                    () -> addresses,
                    mint.uri(),
                    () -> API_TOKEN,
                    () -> TestPod.SECRET,
                    TestPod.USER,
                    database.dataSource(DatabaseReplica.TEST, DatabaseReplica.RUNTIME_APP));
            try (var load = Load.start(target, options)) {
                var processors = new Processors();
                load.awaitLimit();
                out.printf(
                        Locale.ROOT,
                        "processors: %.0f %% for the benchmark with pods and database, %.0f %% for other programs%n",
                        100 * processors.ours(),
                        100 * processors.others());
                // Before the end of the traffic, while every client is there.
                memory("pod 1", one);
                memory("pod 2", other);
                return report(load.stop());
            }
        }
    }

    private void memory(String name, PodProcess pod) throws IOException {
        var status =
                Files.readAllLines(Path.of("/proc", String.valueOf(pod.process().pid()), "status"));
        out.printf(
                Locale.ROOT,
                "%s: %.1f s of processor time, resident memory %d MiB, at most %d MiB%n",
                name,
                Processors.seconds(pod.process().toHandle()),
                mebibytes(status, "VmRSS"),
                mebibytes(status, "VmHWM"));
    }

    private static long mebibytes(List<String> status, String field) {
        return status.stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    private boolean report(LoadSummary seen) {
        out.printf(
                "%d runs created, %d finished, of them %d canceled; %d streams; %d tool calls; %d tokens minted;"
                        + " %d sync connections, of them %d resumed%n",
                seen.runsCreated(),
                seen.runsFinished(),
                seen.runsCanceled(),
                seen.streams(),
                seen.toolCalls(),
                seen.tokensMinted(),
                seen.syncConnections(),
                seen.syncResumes());
        double seconds = seen.lasted().toMillis() / 1_000.0;
        rate("run events on streams", seen.runEvents(), seconds);
        rate("frames accepted", seen.framesAccepted(), seconds);
        rate("worker events", seen.workerEvents(), seconds);
        rate("updates pushed to sync clients", seen.pushes(), seconds);
        times("acceptance of a frame", seen.frame());
        times("push of a worker event", seen.push());
        times("catch-up of a sync client that comes back", seen.catchUp());
        out.printf(
                "lost updates %d, repeated updates %d, errors %s%n",
                seen.lostUpdates(), seen.repeatedUpdates(), seen.errors());
        boolean didEverything = seen.runsFinished() > 0 && seen.pushes() > 0 && seen.syncResumes() > 0;
        out.println(seen.clean() && didEverything ? "PASSED" : "FAILED");
        return seen.clean() && didEverything;
    }

    private void rate(String what, long count, double seconds) {
        out.printf(Locale.ROOT, "%-45s %9d  %9.1f per second%n", what, count, count / seconds);
    }

    private void times(String what, Percentiles times) {
        out.printf(
                Locale.ROOT,
                "%-45s p50 %6.1f ms   p95 %6.1f ms   p99 %6.1f ms   of %d%n",
                what,
                millis(times.p50()),
                millis(times.p95()),
                millis(times.p99()),
                times.count());
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1_000_000.0;
    }
}
