package com.openagents.runbook.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether runs can be one run, and whether they are all of it. */
final class MergeFit {
    private static final Map<String, Function<RunFacts, Object>> COMMON = common();

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

    static Stream<String> shards(List<Run> runs) {
        return runs.stream()
                .flatMap(run -> run.merged().parts().isEmpty()
                        ? Stream.of(run.facts().selection().shard())
                        : run.merged().parts().stream().map(Merged.Part::shard))
                .filter(shard -> !shard.isEmpty());
    }

    /** The shards that none of them was. */
    static List<String> missingShards(List<Run> runs) {
        var counts = shardCounts(runs);
        boolean whole =
                runs.stream().anyMatch(run -> run.facts().selection().shard().isEmpty());
        if (whole || counts.size() != 1) {
            return List.of();
        }
        var there = shards(runs).toList();
        return IntStream.rangeClosed(1, Integer.parseInt(counts.get(0)))
                .mapToObj(i -> i + "/" + counts.get(0))
                .filter(shard -> !there.contains(shard))
                .toList();
    }
}
