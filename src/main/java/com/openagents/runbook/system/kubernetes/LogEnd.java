package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.Excerpt;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the last lines that a pod wrote, and those of the container before its restart. */
final class LogEnd {
    static final int LINES = 40;
    static final int LONGEST_LINE = 500;

    private final KubernetesClient client;
    private final Reads reads;

    LogEnd(KubernetesClient client, Reads reads) {
        this.client = client;
        this.reads = reads;
    }

    void read(Pod pod) {
        for (var container : pod.getStatus().getContainerStatuses()) {
            if (restarted(container)) {
                read(pod, container, true);
            }
            if (wrote(container)) {
                read(pod, container, false);
            }
        }
    }

    private static boolean restarted(ContainerStatus container) {
        return container.getRestartCount() != null && container.getRestartCount() > 0;
    }

    private static boolean wrote(ContainerStatus container) {
        return container.getState() != null
                && (container.getState().getRunning() != null
                        || container.getState().getTerminated() != null);
    }

    private void read(Pod pod, ContainerStatus container, boolean previous) {
        var name = pod.getMetadata().getName();
        var log = client.pods()
                .inNamespace(reads.kubectl().namespace())
                .withName(name)
                .inContainer(container.getName());
        // One line more tells whether there are more.
        var text = reads.ask(
                "get pods/log",
                () -> previous
                        ? log.terminated().tailingLines(LINES + 1).getLog()
                        : log.tailingLines(LINES + 1).getLog());
        reads.saw(
                "End of the log of " + name + (previous ? " before its restart" : ""),
                "logs " + name + " -c " + container.getName() + (previous ? " --previous" : "") + " --tail=" + LINES,
                rows(text.lines().toList()),
                "",
                Instant.now(),
                "");
    }

    private static List<Map<String, String>> rows(List<String> lines) {
        var rows = new ArrayList<Map<String, String>>();
        if (lines.size() > LINES) {
            rows.add(Rows.of("line", "… older lines are left out"));
        }
        KeyLines.leftOut(lines.subList(Math.max(0, lines.size() - LINES), lines.size()))
                .forEach(line -> rows.add(Rows.of("line", shortened(line))));
        return rows;
    }

    private static String shortened(String line) {
        var kept = Excerpt.of(line, LONGEST_LINE);
        return kept.equals(line) ? line : kept + " … (" + (line.length() - kept.length()) + " more characters)";
    }
}
