package com.openagents.runbook.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether runs can be one run, and whether they are all of it. */
final class MergeFit {
    private static final Map<String, Function<RunFacts, Object>> COMMON = common();
    private static final Pattern SHARD = Pattern.compile("[1-9]\\d{0,3}/[1-9]\\d{0,3}");

    private MergeFit() {}

    private static Map<String, Function<RunFacts, Object>> common() {
        var common = new LinkedHashMap<String, Function<RunFacts, Object>>();
        common.put("environment", RunFacts::environment);
        common.put("kind of environment", RunFacts::kind);
        common.put("namespace", RunFacts::namespace);
        common.put("mode", RunFacts::mode);
        common.put("suite version", RunFacts::suiteVersion);
        common.put("runbook hash", RunFacts::runbookHash);
        common.put("feature hash", RunFacts::featureHash);
        common.put("faults put in on purpose", facts -> facts.selection().faults());
        common.put("required scenarios", facts -> facts.must());
        return common;
    }

    /** Why these cannot be one run, if so. */
    static Optional<String> misfit(List<Run> runs) {
        var first = runs.get(0).facts();
        for (var run : runs) {
            for (var fact : COMMON.entrySet()) {
                var one = fact.getValue().apply(first);
                var other = fact.getValue().apply(run.facts());
                if (!one.equals(other)) {
                    return Optional.of("The runs " + first.runId() + " and "
                            + run.facts().runId() + " do not fit together: they differ in " + fact.getKey() + ", "
                            + shown(one) + " and " + shown(other) + ".");
                }
            }
        }
        if (environments(runs) > 1) {
            return Optional.of(
                    "The runs do not fit together: the file of their environment was changed in between; run all shards with one.");
        }
        if (clusters(runs).size() > 1) {
            return Optional.of("The runs do not fit together: they saw different clusters, "
                    + String.join(" and ", clusters(runs)) + ".");
        }
        if (runs.stream().map(Run::frameworks).distinct().count() > 1) {
            return Optional.of("The runs do not fit together: their controls were mapped differently.");
        }
        if (hasOtherWaivers(runs)) {
            return Optional.of("The runs do not fit together: they were judged by different waivers.");
        }
        var odd = shards(runs).filter(shard -> !isShard(shard)).findFirst();
        if (odd.isPresent()) {
            return Optional.of("There is no shard '" + odd.get() + "'; expected is one such as 2/3.");
        }
        return shardCounts(runs).size() > 1
                ? Optional.of("Shards of " + String.join(" and of ", shardCounts(runs)) + " do not fit together.")
                : Optional.empty();
    }

    /** The same id for two waivers; a run knows only those that cover something of it. */
    private static boolean hasOtherWaivers(List<Run> runs) {
        var waivers = runs.stream()
                .flatMap(run -> run.waivers().stream())
                .map(WaiverUse::waiver)
                .distinct()
                .toList();
        return waivers.stream().map(Waiver::id).distinct().count() < waivers.size();
    }

    /** Each run against a replica has a cluster of its own. */
    private static List<String> clusters(List<Run> runs) {
        return runs.stream()
                .filter(run -> run.facts().kind().equals("live"))
                .flatMap(run -> run.identities().stream())
                .filter(identity -> identity.system().equals("kubernetes"))
                .map(identity -> identity.facts().getOrDefault("cluster", ""))
                .filter(cluster -> !cluster.isEmpty())
                .distinct()
                .toList();
    }

    /** How many there are, by the hashes of their files. */
    private static long environments(List<Run> runs) {
        return runs.stream()
                .map(run -> run.provenance().environmentSha256())
                .distinct()
                .count();
    }

    private static String shown(Object fact) {
        var text = fact.toString();
        return text.isEmpty() || text.equals("[]") ? "none" : text;
    }

    private static List<String> shardCounts(List<Run> runs) {
        return shards(runs)
                .map(shard -> shard.replaceFirst(".*/", ""))
                .distinct()
                .toList();
    }

    private static boolean isShard(String text) {
        return SHARD.matcher(text).matches();
    }

    static Stream<String> shards(List<Run> runs) {
        return runs.stream()
                .flatMap(run -> run.merged().parts().isEmpty()
                        ? Stream.of(run.facts().selection().shard())
                        : run.merged().parts().stream().map(Merged.Part::shard))
                .filter(shard -> !shard.isEmpty());
    }

    /** The shards that none of them was, of each selection that was shared out. */
    static List<String> missingShards(List<Run> runs) {
        var selections = new LinkedHashMap<RunFacts.Selection, List<Run>>();
        runs.forEach(run -> selections
                .computeIfAbsent(selected(run), own -> new ArrayList<>())
                .add(run));
        return selections.entrySet().stream()
                .flatMap(one -> missing(one.getValue())
                        .map(shard ->
                                selections.size() == 1 ? shard : shard + " of " + RunFactsView.text(one.getKey())))
                .toList();
    }

    /** Of what it was a part, in whatever order that was named. */
    private static RunFacts.Selection selected(Run run) {
        var own = run.facts().selection();
        return new RunFacts.Selection(
                own.sections().stream().distinct().sorted().toList(), own.tags(), own.faults(), "");
    }

    private static Stream<String> missing(List<Run> runs) {
        var counts = shardCounts(runs);
        boolean whole =
                runs.stream().anyMatch(run -> run.facts().selection().shard().isEmpty());
        if (whole || counts.size() != 1 || !shards(runs).allMatch(MergeFit::isShard)) {
            return Stream.empty();
        }
        var there = shards(runs).toList();
        return IntStream.rangeClosed(1, Integer.parseInt(counts.get(0)))
                .mapToObj(i -> i + "/" + counts.get(0))
                .filter(shard -> !there.contains(shard));
    }
}
