package com.openagents.runbook.environment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The folder of environment files. */
public final class Environments {
    private static final String ENDING = ".yaml";
    private static final String QUIET = "/notify/quiet-hours";
    private static final String ZONE = QUIET + "/zone";

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
        var file = file(name);
        var content = read(file);
        return new Environment(parse(withoutEnding(file), content), file, content);
    }

    /**
     * Those that a list names, sorted by name; nothing is read yet.
     *
     * @param list names and paths as {@link #find} takes them, with commas between; each may be a glob
     * @return from the name of each to what {@link #find} takes
     * @throws EnvironmentProblem if there is none, or if two have one name
     */
    public Map<String, String> named(String list) {
        var found = new TreeMap<String, String>();
        for (var entry : list.split(",")) {
            for (var one : entry.matches(".*[*?\\[{].*") ? matching(entry) : List.of(entry)) {
                var name = one.endsWith(ENDING) ? withoutEnding(Path.of(one)) : one;
                var other = found.put(name, one);
                if (other != null && !other.equals(one)) {
                    throw new EnvironmentProblem("Two environments are named '" + name + "': " + other + " and " + one);
                }
            }
        }
        return found;
    }

    private List<String> matching(String glob) {
        if (!glob.endsWith(ENDING)) {
            var matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            var matching = names().stream()
                    .filter(name -> matcher.matches(Path.of(name)))
                    .toList();
            return some(matching, glob, folder);
        }
        var parent = Optional.ofNullable(Path.of(glob).getParent()).orElse(Path.of(""));
        try (var files =
                Files.newDirectoryStream(parent, Path.of(glob).getFileName().toString())) {
            var matching = new ArrayList<String>();
            files.forEach(file -> {
                if (!OTHERS.contains(withoutEnding(file))) {
                    matching.add(file.toString());
                }
            });
            return some(matching, glob, parent);
        } catch (IOException e) {
            throw new EnvironmentProblem("The folder of environments cannot be read: " + parent);
        }
    }

    private static List<String> some(List<String> matching, String glob, Path folder) {
        if (matching.isEmpty()) {
            throw new EnvironmentProblem("No environment in " + folder + " is named as " + glob + " says");
        }
        return matching;
    }

    /**
     * What lets one cluster run the runbook against many environments by itself, as YAML for {@code kubectl apply}.
     *
     * @param list as {@link #named} takes it
     * @throws EnvironmentProblem if they have not the same waivers, or as {@link Environment#schedule}
     */
    public String schedule(String list, ScheduledRun run, FleetShares shares) {
        var contents = new TreeMap<String, JsonNode>();
        var waivers = new TreeSet<Path>();
        named(list).forEach((name, written) -> {
            contents.put(name, read(file(written)));
            waivers.add(WaiversBeside.of(file(written), WaiversBeside.own()));
        });
        if (waivers.size() > 1) {
            throw new EnvironmentProblem("A fleet has one file of waivers, and these environments have several: "
                    + waivers + "; lay one beside all of them, or print a schedule for each");
        }
        return new FleetManifests(contents, WaiversBeside.text(waivers.first()), run, shares).yaml();
    }

    static EnvironmentFile parse(String name, JsonNode content) {
        return CheckedYaml.as(EnvironmentFile.class, content).named(name);
    }

    private Entry entry(String name) {
        try {
            var file = parse(name, read(file(name)));
            return new Entry(name, file.kind().name().toLowerCase(Locale.ROOT), file.description());
        } catch (EnvironmentProblem problem) {
            return new Entry(name, "wrong", problem.getMessage());
        }
    }

    private Path file(String name) {
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

    private JsonNode read(Path file) {
        var yaml = CheckedYaml.read(file, folder.resolve("schema.json"));
        noSuchZone(yaml.content().at(ZONE)).ifPresent(words -> {
            throw new EnvironmentProblem(List.of(yaml.problem(ZONE, words)));
        });
        var quiet = yaml.content().at(QUIET);
        if (quiet.has("to") && quiet.path("to").equals(quiet.path("from"))) {
            throw new EnvironmentProblem(List.of(yaml.problem(
                    QUIET + "/to", "expected another time than in from, seen " + quiet.path("to") + " in both")));
        }
        return yaml.content();
    }

    /** Which time zones there are, a schema does not know. */
    private static Optional<String> noSuchZone(JsonNode zone) {
        var known = ZoneId.getAvailableZoneIds();
        return zone.isMissingNode() || known.contains(zone.asText())
                ? Optional.empty()
                : Optional.of("expected a time zone such as Europe/Berlin, seen " + zone
                        + Suggestion.near(zone.asText(), List.copyOf(known))
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
