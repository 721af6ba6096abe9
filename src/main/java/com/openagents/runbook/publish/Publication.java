package com.openagents.runbook.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.openagents.runbook.environment.Environment;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.publish.metrics.MetricsDeliveries;
import com.openagents.runbook.publish.notify.Notifications;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Tells a run to whoever its environment names. Nothing of it changes the verdict. */
public final class Publication {
    /** Inside the folder of a run: what was handed over, and what was not. */
    public static final String FILE = "deliveries.json";

    private final Environment environment;
    private final Redactor redactor;

    /** @param problems what went wrong besides, a line each */
    public record Told(List<Delivery> deliveries, List<String> problems) {
        public Told {
            deliveries = List.copyOf(deliveries);
            problems = List.copyOf(problems);
        }
    }

    /** @param redactor knows the secrets of the run */
    public Publication(Environment environment, Redactor redactor) {
        this.environment = environment;
        this.redactor = redactor;
    }

    /** Why this environment cannot be told of, if so. */
    public static Optional<String> problem(Environment environment, Optional<Path> history) {
        return environment.notifies().isPresent() && history.isEmpty()
                ? Optional.of("Environment '" + environment.name()
                        + "' notifies of what changed, and only a history knows what did: add --history DIR,"
                        + " or --no-publish to tell nobody")
                : Optional.empty();
    }

    /**
     * Tells the run. Takes a bounded time, and remembers in its folder how it went.
     *
     * @param folder of the run
     * @param history where earlier runs are kept; empty if they are not
     */
    public Told of(Run run, Path folder, Optional<Path> history, Instant now) {
        UnaryOperator<String> secrets = reference -> environment.secret(reference, redactor);
        var outgoing = new ArrayList<>(environment
                .publish()
                .map(publish -> MetricsDeliveries.of(run, publish, secrets))
                .orElse(List.of()));
        int metrics = outgoing.size();
        var notifications = history.flatMap(kept -> environment
                .notifies()
                .map(notify -> Notifications.of(
                        run, notify, new History(kept, environment.name()), secrets, redactor::redact, now)));
        notifications.ifPresent(due -> outgoing.addAll(due.outgoing()));
        var deliveries = new Courier(redactor).deliver(outgoing);
        var problems = new ArrayList<String>();
        notifications.ifPresent(due -> problems.addAll(due.settle(deliveries.subList(metrics, deliveries.size()))));
        var summed = summed(deliveries);
        remember(summed, folder).ifPresent(problems::add);
        return new Told(summed, problems);
    }

    /** Several of the same kind that went the same way are one. */
    private static List<Delivery> summed(List<Delivery> deliveries) {
        record Way(String to, String problem, int attempts) {}
        var ways = new LinkedHashMap<Way, List<Delivery>>();
        deliveries.forEach(delivery -> ways.computeIfAbsent(
                        new Way(delivery.to(), delivery.problem(), delivery.attempts()), way -> new ArrayList<>())
                .add(delivery));
        return ways.values().stream().map(Publication::sum).toList();
    }

    private static Delivery sum(List<Delivery> same) {
        var first = same.get(0);
        var what = same.size() == 1 ? first.what() : same.size() + " changes";
        return new Delivery(first.to(), what, first.attempts(), first.problem());
    }

    private static Optional<String> remember(List<Delivery> deliveries, Path folder) {
        try {
            if (!deliveries.isEmpty()) {
                var json = new ObjectMapper().writerWithDefaultPrettyPrinter();
                var text = json.writeValueAsString(Map.of("deliveries", deliveries));
                Files.writeString(folder.resolve(FILE), text + "\n");
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(FILE + " could not be written: " + History.problem(e));
        }
    }
}
