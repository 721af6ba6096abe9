package com.openagents.runbook.triage;

import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.database.ServerAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Orders what was seen: what explains the most stands first, for a database that is away takes every pod along. */
final class Suspicions {
    private Suspicions() {}

    static List<Suspicion> of(Seen seen, Duration since, IncidentThresholds thresholds) {
        var rules = new ArrayList<Supplier<Optional<Suspicion>>>();
        rules.add(() -> databaseAway(seen));
        rules.add(() -> clusterAway(seen));
        var cluster = new ClusterRules(seen, since);
        rules.addAll(cluster.inOrder());
        rules.addAll(new ServiceRules(seen, thresholds).inOrder());
        rules.addAll(cluster.last());
        rules.add(() -> alertsFire(seen));
        var suspicions = new ArrayList<Suspicion>();
        rules.stream().map(Supplier::get).flatMap(Optional::stream).forEach(next -> {
            // What rests on the same facts is only another word for the same thing.
            if (suspicions.stream().noneMatch(earlier -> earlier.restsOn().containsAll(next.restsOn()))) {
                suspicions.add(next);
            }
        });
        return suspicions;
    }

    private static Optional<Suspicion> databaseAway(Seen seen) {
        return seen.server()
                .value()
                .filter(answer -> answer.state() != ServerAnswer.State.ACCEPTING)
                .map(answer -> {
                    var restsOn = new ArrayList<String>();
                    restsOn.add("PostgreSQL at " + answer.server() + ": " + answer.words());
                    seen.pods()
                            .value()
                            .ifPresent(pods -> pods.those(pod -> !pod.ready())
                                    .forEach(pod -> restsOn.add(pod.name() + ": " + pod.state(pods.at())
                                            + "; without its database no pod stays up")));
                    seen.logs()
                            .value()
                            .ifPresent(logs -> logs.errors().keySet().stream()
                                    .filter(error -> error.contains("Postgres"))
                                    .findFirst()
                                    .ifPresent(error -> restsOn.add("the pods log: " + error)));
                    return new Suspicion("The database does not answer", restsOn, "9.1", answer.command());
                });
    }

    private static Optional<Suspicion> alertsFire(Seen seen) {
        return seen.alerts()
                .value()
                .filter(held -> !held.alerts().isEmpty())
                .map(held -> new Suspicion(
                        held.alerts().size() == 1
                                ? "An alert is active: " + held.alerts().get(0).name()
                                : held.alerts().size() + " alerts are active",
                        held.alerts().stream()
                                .map(alert -> alert.name() + " since " + alert.startsAt() + ": "
                                        + alert.annotations().getOrDefault("summary", alert.severity()))
                                .toList(),
                        "3.1",
                        held.command()));
    }

    private static Optional<Suspicion> clusterAway(Seen seen) {
        return seen.pods().isMissing()
                        && seen.rollout().isMissing()
                        && seen.pods().why().contains("does not answer")
                ? Optional.of(new Suspicion(
                        "Kubernetes cannot be reached from here; whether the runtime is well cannot be told",
                        List.of(seen.pods().why()),
                        "3.2",
                        ""))
                : Optional.empty();
    }
}
