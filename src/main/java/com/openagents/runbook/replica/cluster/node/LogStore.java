package com.openagents.runbook.replica.cluster.node;

import com.openagents.runbook.replica.cluster.api.PodLogRequest;
import com.openagents.runbook.replica.cluster.api.PodLogs;
import com.openagents.runbook.replica.cluster.controller.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The logs of all containers of this node: one file for each start, in
 * {@code pods/<namespace>_<pod>_<uid>/<container>/<restart>.log}.
 */
public final class LogStore implements PodLogs, AutoCloseable {
    private final Path directory;
    private final Map<String, Path> newest = new ConcurrentHashMap<>();
    private final Set<Path> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService readers = Executors.newCachedThreadPool(Threads.daemon("logs"));

    public LogStore(Path directory) {
        this.directory = directory;
    }

    Path file(String namespace, String pod, String uid, String container, int restart) {
        var name = namespace + "_" + pod;
        var folder = directory.resolve("pods").resolve(name + "_" + uid);
        newest.put(name, folder);
        return folder.resolve(container).resolve(restart + ".log");
    }

    void opened(Path file) {
        open.add(file);
    }

    void closed(Path file) {
        open.remove(file);
    }

    @Override
    public Runnable read(PodLogRequest request, Sink sink) throws NoSuchLog {
        var file = find(request);
        var reading = new LogReading(file, request, sink, () -> open.contains(file));
        readers.execute(reading);
        return reading::stop;
    }

    private Path find(PodLogRequest request) throws NoSuchLog {
        var starts = starts(request);
        int wanted = request.previous() ? 1 : 0;
        if (starts.isEmpty() && wasOpened(request)) {
            throw new NoSuchLog("unable to retrieve container logs of container \"%s\" in pod \"%s\""
                    .formatted(request.container(), request.pod()));
        }
        if (starts.isEmpty() && !request.previous()) {
            throw new NoSuchLog("container \"%s\" in pod \"%s\" is waiting to start: ContainerCreating"
                    .formatted(request.container(), request.pod()));
        }
        if (starts.size() <= wanted) {
            throw new NoSuchLog("previous terminated container \"%s\" in pod \"%s\" not found"
                    .formatted(request.container(), request.pod()));
        }
        return starts.get(wanted);
    }

    private boolean wasOpened(PodLogRequest request) {
        var pod = newest.get(request.namespace() + "_" + request.pod());
        return pod != null && open.stream().anyMatch(file -> file.startsWith(pod.resolve(request.container())));
    }

    /** The log files of the newest pod of this name, newest first. */
    private List<Path> starts(PodLogRequest request) {
        var pod = newest.get(request.namespace() + "_" + request.pod());
        if (pod == null || !Files.isDirectory(pod.resolve(request.container()))) {
            return List.of();
        }
        try (var files = Files.list(pod.resolve(request.container()))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted(Comparator.comparing(LogStore::restart).reversed())
                    .toList();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static int restart(Path file) {
        return Integer.parseInt(file.getFileName().toString().replace(".log", ""));
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
