package com.openagents.runbook.bench;

import com.openagents.runbook.system.kubernetes.Kubectl;
import com.openagents.runbook.system.kubernetes.KubernetesSystem;
import com.openagents.runbook.system.kubernetes.LogTally;
import com.openagents.runbook.system.kubernetes.PodLog;
import com.openagents.runbook.system.kubernetes.SharedReads;
import com.openagents.runbook.system.kubernetes.Silence;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The scan of the logs of all runtime pods, as the checks of 4A to 4C do it, once. Ends with 1 if it was not whole. */
public final class LogBench {
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private LogBench() {}

    /** Prints the lines of the logs, the milliseconds without the start of the program, and its greatest memory in MiB. */
    public static void main(String[] arguments) throws IOException {
        var namespace = arguments[0];
        try (var client = new KubernetesClientBuilder().build()) {
            var silence = new Silence(client, namespace);
            var system =
                    new KubernetesSystem(client, new Kubectl("", namespace), silence, SharedReads.none(), unseen -> {});
            long from = System.nanoTime();
            var tally = system.logs(WINDOW, "");
            System.out.printf("%d %d %d%n", tally.lines(), (System.nanoTime() - from) / 1_000_000, greatestMemory());
            System.exit(whole(tally) ? 0 : 1);
        }
    }

    private static boolean whole(LogTally tally) {
        tally.unread().stream().map(PodLog::trouble).forEach(System.err::println);
        return tally.lines() > 0 && tally.unread().isEmpty();
    }

    private static long greatestMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
