package com.openagents.runbook.replica.monitoring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The real programs, wherever they lie on this machine. */
public record MonitoringPrograms(Path prometheus, Path promtool, Path alertmanager) {

    /**
     * Those on the PATH, else those of the distribution's packages, unpacked into the cache without root.
     *
     * @param cache a folder for what is worth keeping between runs
     * @param progress told what is done when it takes a while
     */
    public static MonitoringPrograms find(Path cache, Consumer<String> progress) throws ProgramsMissing {
        return find(onPath(), new DistributionPackages(cache.toAbsolutePath(), progress));
    }

    static MonitoringPrograms find(List<Path> path, DistributionPackages packages) throws ProgramsMissing {
        var installed = in(path);
        return installed.isPresent()
                ? installed.get()
                : in(List.of(packages.programs()))
                        .orElseThrow(() -> new ProgramsMissing("the distribution's packages hold other programs"));
    }

    private static Optional<MonitoringPrograms> in(List<Path> folders) {
        var prometheus = program(folders, "prometheus");
        var promtool = program(folders, "promtool");
        // Debian has its own name for it.
        var alertmanager = program(folders, "alertmanager").or(() -> program(folders, "prometheus-alertmanager"));
        return prometheus.isEmpty() || promtool.isEmpty() || alertmanager.isEmpty()
                ? Optional.empty()
                : Optional.of(new MonitoringPrograms(prometheus.get(), promtool.get(), alertmanager.get()));
    }

    private static Optional<Path> program(List<Path> folders, String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static List<Path> onPath() {
        return Stream.ofNullable(System.getenv("PATH"))
                .flatMap(path -> Arrays.stream(path.split(":")))
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of)
                .toList();
    }
}
