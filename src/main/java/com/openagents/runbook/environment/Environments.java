package com.openagents.runbook.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The folder of environment files. */
public final class Environments {
    private static final String ENDING = ".yaml";

    /** What lies in the folder beside the environments. */
    private static final List<String> OTHERS = List.of("controls", "waivers");

    private final Path folder;

    public Environments(Path folder) {
        this.folder = folder;
    }

    /** An environment in a list: its name and what it says of itself, or what is wrong with it. */
    public record Entry(String name, String kind, String description) {}

    /** All environments of the folder, sorted by name; examples are left out. */
    public List<Entry> list() {
        return names().stream().map(this::entry).toList();
    }

    /**
     * Reads and validates an environment; nothing is opened.
     *
     * @param name the name of one in the folder, or the path of a file that ends with {@code .yaml}
     * @throws EnvironmentProblem if there is none, or if its file is wrong; the message says file, line, expected, seen
     */
    public Environment find(String name) {
        var path = path(name);
        return new Environment(read(path), path);
    }

    private Entry entry(String name) {
        try {
            var file = read(path(name));
            return new Entry(name, file.kind().name().toLowerCase(Locale.ROOT), file.description());
        } catch (EnvironmentProblem problem) {
            return new Entry(name, "wrong", problem.getMessage());
        }
    }

    private Path path(String name) {
        if (name.endsWith(ENDING)) {
            var file = Path.of(name);
            if (!Files.isRegularFile(file)) {
                throw new EnvironmentProblem("There is no file " + file);
            }
            return file;
        }
        if (!names().contains(name)) {
            throw new EnvironmentProblem(
                    "There is no environment '" + name + "' in " + folder + "; " + Suggestion.sentence(name, names()));
        }
        return folder.resolve(name + ENDING);
    }

    private EnvironmentFile read(Path file) {
        var yaml = CheckedYaml.read(file, folder.resolve("schema.json"));
        var read = yaml.as(EnvironmentFile.class).named(withoutEnding(file));
        noSuchZone(read).ifPresent(words -> {
            throw new EnvironmentProblem(List.of(yaml.problem("/notify/quiet-hours/zone", words)));
        });
        return read;
    }

    /** Which time zones there are, a schema does not know. */
    private static Optional<String> noSuchZone(EnvironmentFile file) {
        var known = ZoneId.getAvailableZoneIds();
        return Optional.ofNullable(file.notifies())
                .map(Notify::quietHours)
                .map(Notify.QuietHours::zone)
                .filter(zone -> !known.contains(zone))
                .map(zone -> "expected a time zone such as Europe/Berlin, seen \"" + zone + "\""
                        + Suggestion.near(zone, List.copyOf(known))
                                .map(word -> "; did you mean '" + word + "'?")
                                .orElse(""));
    }

    private List<String> names() {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .map(Environments::withoutEnding)
                    .filter(name -> !name.endsWith(".example") && !OTHERS.contains(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new EnvironmentProblem("The folder of environments cannot be read: " + folder);
        }
    }

    private static String withoutEnding(Path file) {
        var name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }
}
