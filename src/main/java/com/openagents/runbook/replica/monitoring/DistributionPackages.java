package com.openagents.runbook.replica.monitoring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The programs of the packages that the distribution has, fetched and verified by apt and unpacked beside our other
 * files. Nothing is installed and no root is needed: where apt knows no packages, its lists go into a folder of ours.
 */
final class DistributionPackages {
    private static final List<String> PACKAGES = List.of("prometheus", "prometheus-alertmanager");
    private static final int LIMIT_SECONDS = 180;

    private final Path cache;
    private final Consumer<String> progress;
    private final List<String> aptOptions;

    DistributionPackages(Path cache, Consumer<String> progress, String... aptOptions) {
        this.cache = cache;
        this.progress = progress;
        this.aptOptions = List.of(aptOptions);
    }

    /** The folder with the programs, unpacked unless they lie there already. */
    Path programs() throws ProgramsMissing {
        var home = cache.resolve("monitoring");
        try {
            if (!Files.isDirectory(home)) {
                Files.createDirectories(cache);
                var fresh = Files.createTempDirectory(cache, "unpacking-");
                try {
                    fetch(fresh);
                    moveUnlessThere(fresh.resolve("unpacked"), home);
                } finally {
                    delete(fresh);
                }
            }
        } catch (IOException e) {
            throw new ProgramsMissing("the packages could not be unpacked: " + e.getMessage());
        }
        return home.resolve("usr/bin");
    }

    private void fetch(Path folder) throws IOException, ProgramsMissing {
        progress.accept("Prometheus is not on the PATH: fetching the distribution's packages " + PACKAGES.get(0)
                + " and " + PACKAGES.get(1) + ", without root");
        var problem = download(folder, List.of());
        if (!problem.isEmpty()) {
            progress.accept("apt knows no such packages: fetching its lists into a folder of ours");
            var own = ownState(folder.resolve("apt"));
            problem = apt(folder, own, List.of("update"));
            problem = problem.isEmpty() ? download(folder, own) : problem;
        }
        if (!problem.isEmpty()) {
            throw new ProgramsMissing("they are not on the PATH, and apt-get says: " + problem);
        }
        unpack(folder);
        letFindItsFiles(folder.resolve("unpacked/usr/bin/prometheus-alertmanager"));
    }

    /**
     * Debian's Alertmanager does not start without its templates under {@code /usr}, where only root could put them. In
     * our copy the path is made relative, with as many letters, to the folder that it is started in.
     */
    private static void letFindItsFiles(Path program) throws IOException {
        var fixed = "/usr/share/prometheus/alertmanager";
        var relative = fixed.substring(1) + "/";
        // One char for each byte, so that all other bytes stay what they are.
        var bytes = Files.readString(program, StandardCharsets.ISO_8859_1);
        Files.writeString(program, bytes.replace(fixed, relative), StandardCharsets.ISO_8859_1);
    }

    private String download(Path folder, List<String> options) throws IOException {
        var words = new ArrayList<>(List.of("download"));
        words.addAll(PACKAGES);
        return apt(folder, options, words);
    }

    /** Lists and locks of our own, as nobody but root may write those of the system. */
    private static List<String> ownState(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("lists/partial"));
        Files.createDirectories(folder.resolve("cache/archives/partial"));
        return List.of(
                "-o",
                "Dir::State=" + folder,
                "-o",
                "Dir::State::lists=" + folder.resolve("lists"),
                "-o",
                "Dir::Cache=" + folder.resolve("cache"));
    }

    /** What went wrong, empty if nothing did. */
    private String apt(Path folder, List<String> options, List<String> words) throws IOException {
        var command = new ArrayList<>(List.of("apt-get", "-q", "-o", "APT::Sandbox::User="));
        command.addAll(aptOptions);
        command.addAll(options);
        command.addAll(words);
        return run(folder, command);
    }

    private void unpack(Path folder) throws IOException, ProgramsMissing {
        var packages = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(folder, "*.deb")) {
            files.forEach(packages::add);
        }
        for (var file : packages) {
            var problem = run(folder, List.of("dpkg-deb", "-x", file.toString(), "unpacked"));
            if (!problem.isEmpty()) {
                throw new ProgramsMissing("dpkg-deb says: " + problem);
            }
        }
    }

    private static String run(Path folder, List<String> command) throws IOException {
        var said = folder.resolve("output");
        try {
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "nothing for " + LIMIT_SECONDS + " s";
            }
            return process.exitValue() == 0 ? "" : lastLine(said, process.exitValue());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (IOException e) {
            return command.get(0) + " cannot be run here";
        }
    }

    private static String lastLine(Path said, int status) throws IOException {
        return Files.readString(said, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("exit status " + status, (earlier, later) -> later);
    }

    /** Whoever is first wins; the content is the same. */
    private static void moveUnlessThere(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(to)) {
                throw e;
            }
        }
    }

    private static void delete(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
