package com.openagents.runbook.replica.cluster.node;

import com.openagents.runbook.replica.faults.ProcessFaults;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;

/** Starts the process of a container, with its environment, its own empty working folder and its log. */
final class ContainerLauncher {
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    private final NodeContext node;
    private final Pod pod;
    private final Container container;

    ContainerLauncher(NodeContext node, Pod pod, Container container) {
        this.node = node;
        this.pod = pod;
        this.container = container;
    }

    /**
     * @param restart how often the container was started before
     * @param ended told the exit code, on any thread, when the process has ended and its log is complete
     */
    ContainerProcess launch(ContainerProgram program, Map<String, String> variables, int restart, IntConsumer ended)
            throws IOException {
        var metadata = pod.getMetadata();
        var file = node.logs()
                .file(metadata.getNamespace(), metadata.getName(), metadata.getUid(), container.getName(), restart);
        var log = new ContainerLog(file, node.cluster().clock());
        node.logs().opened(file);
        try {
            var directory = Files.createDirectories(file.resolveSibling(restart + ".d"));
            var start = new ContainerProgram.Start(
                    container.getImage(),
                    expand(container.getCommand(), variables),
                    expand(container.getArgs(), variables),
                    directory);
            return ContainerProcess.start(
                    program.commandLine(start),
                    !program.endsWithItsInput(),
                    environment(program, variables),
                    directory,
                    log,
                    node.threads(),
                    code -> {
                        close(log);
                        ended.accept(code);
                    });
        } catch (IOException failure) {
            close(log);
            throw failure;
        }
    }

    private Map<String, String> environment(ContainerProgram program, Map<String, String> variables) {
        var name = pod.getMetadata().getName();
        var all = new HashMap<String, String>();
        all.put("PATH", Objects.requireNonNullElse(System.getenv("PATH"), PATH));
        all.put("HOSTNAME", name);
        all.putAll(program.environment());
        all.putAll(node.localized().apply(variables));
        all.putAll(node.dials().variables());
        var words = node.dials().faultWordsOf(name);
        if (!words.isEmpty()) {
            all.put(ProcessFaults.VARIABLE, String.join(",", words));
        }
        return all;
    }

    private static List<String> expand(List<String> words, Map<String, String> variables) {
        return Objects.requireNonNullElse(words, List.<String>of()).stream()
                .map(word -> Expansion.expand(word, variables))
                .toList();
    }

    private void close(ContainerLog log) {
        try {
            log.close();
        } catch (IOException broken) {
            node.cluster().log().accept("log of " + container.getName() + ": " + broken);
        } finally {
            node.logs().closed(log.file());
        }
    }
}
