package com.openagents.runbook.system;

import com.openagents.runbook.evidence.Concern;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.FindingError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks, after a finding, at what a person would look at next. Each thing is looked at once in a run, however many
 * scenarios find something about it; only a few things, in bounded time; and no verdict changes by it.
 */
public final class AfterFinding {
    /** How long the looks at one thing may take. */
    public static final Duration LIMIT = Duration.ofSeconds(15);

    private static final int MOST_OF_A_FINDING = 3;
    private static final int MOST_IN_A_RUN = 30;

    private final Function<EvidenceLog, Systems> systems;
    private final Predicate<SystemName> needed;
    private final Supplier<Preflight> preflight;
    private final Duration limit;
    private final Map<String, FindingError> findings = new ConcurrentHashMap<>();
    private final Map<Concern, List<Evidence>> seen = new ConcurrentHashMap<>();
    private final AtomicInteger looked = new AtomicInteger();
    private volatile boolean late;

    /**
     * @param needed which systems the run asks; no other may be asked
     * @param preflight which permissions are known to be missing; what needs them is not tried
     */
    public AfterFinding(
            Function<EvidenceLog, Systems> systems,
            Predicate<SystemName> needed,
            Supplier<Preflight> preflight,
            Duration limit) {
        this.systems = systems;
        this.needed = needed;
        this.preflight = preflight;
        this.limit = limit;
    }

    /** A step of the scenario failed by it. */
    public void found(String scenario, FindingError finding) {
        findings.putIfAbsent(scenario, finding);
    }

    /**
     * Looks at what the finding of the scenario is about; does nothing for a scenario without one.
     *
     * @param asked the systems that the scenario asked; no other is asked about pods and Jobs
     * @param newest what a step of the scenario saw last
     * @param into where what is seen is kept
     */
    public void look(String scenario, AskedSystems asked, Optional<Evidence> newest, EvidenceLog into) {
        var finding = findings.remove(scenario);
        if (finding == null) {
            return;
        }
        newest.filter(shown -> shown.system().equals(SystemName.DATABASE.word()))
                .map(AfterFinding::shown)
                .ifPresent(into::saw);
        var things = finding.concerns().stream()
                .filter(thing -> asked.have(system(thing)))
                .distinct()
                .toList();
        things.stream()
                .limit(MOST_OF_A_FINDING)
                .flatMap(thing -> seen.computeIfAbsent(thing, this::lookAt).stream())
                .forEach(into::saw);
        things.stream()
                .skip(MOST_OF_A_FINDING)
                .map(Concern::name)
                .reduce((some, one) -> some + ", " + one)
                .ifPresent(names -> into.saw(notLooked(
                        names, "", "only the first " + MOST_OF_A_FINDING + " things of a finding are looked at")));
    }

    private static Evidence shown(Evidence rows) {
        return note(
                "Rows behind the finding",
                rows.system(),
                rows.asked(),
                "the step's own query shows them: " + rows.title());
    }

    private static SystemName system(Concern thing) {
        return thing.kind() == Concern.Kind.ALERT ? SystemName.PROMETHEUS : SystemName.KUBERNETES;
    }

    private List<Evidence> lookAt(Concern thing) {
        if (late || looked.incrementAndGet() > MOST_IN_A_RUN) {
            return List.of(notLooked(
                    thing.name(),
                    "",
                    late
                            ? "an earlier look took longer than " + Ago.text(limit)
                            : MOST_IN_A_RUN + " things were looked at in this run"));
        }
        var taken = Collections.synchronizedList(new ArrayList<Evidence>());
        var thread = Executors.newSingleThreadExecutor(AfterFinding::thread);
        try {
            await(thread, thing, taken);
        } finally {
            thread.shutdownNow();
        }
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "after finding");
        thread.setDaemon(true);
        return thread;
    }

    private void await(ExecutorService thread, Concern thing, List<Evidence> taken) {
        try {
            thread.submit(() -> looks(thing, taken::add).forEach(look -> take(look, taken)))
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            late = true;
            taken.add(notLooked("more of " + thing.name(), "", "it took longer than " + Ago.text(limit)));
        } catch (ExecutionException e) {
            taken.add(notLooked(thing.name(), "", reason(e.getCause())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Stream<Look> looks(Concern thing, EvidenceLog log) {
        var from = systems.apply(log);
        return switch (thing.kind()) {
            case POD -> from.kubernetes().looksAtPod(thing.name()).stream();
            case JOB -> from.kubernetes().looksAtJob(thing.name()).stream();
            case ALERT -> {
                var inPrometheus = new Look(
                        "the alert " + thing.name() + " in Prometheus",
                        "",
                        "",
                        () -> from.prometheus().query("ALERTS{alertname=\"" + thing.name() + "\"}", ""));
                var inAlertmanager = new Look(
                        "the alert " + thing.name() + " in the Alertmanager",
                        "",
                        "",
                        () -> from.alertmanager().alert(thing.name()));
                yield needed.test(SystemName.ALERTMANAGER)
                        ? Stream.of(inPrometheus, inAlertmanager)
                        : Stream.of(inPrometheus);
            }
        };
    }

    private void take(Look look, List<Evidence> taken) {
        if (preflight.get().missing().contains(look.permission())) {
            taken.add(notLooked(
                    look.what(),
                    look.command(),
                    "kubernetes does not allow '" + look.permission() + "': "
                            + preflight.get().advice()));
            return;
        }
        try {
            look.act().run();
        } catch (RuntimeException e) {
            taken.add(notLooked(look.what(), look.command(), reason(e)));
        }
    }

    private static String reason(Throwable problem) {
        return problem instanceof CouldNotCheck
                ? problem.getMessage()
                : "it could not be looked at: " + problem.getClass().getSimpleName();
    }

    private static Evidence notLooked(String what, String command, String reason) {
        return note("Not looked at: " + what, "runbook", command, reason);
    }

    private static Evidence note(String title, String system, String asked, String words) {
        return new Evidence(title, system, asked, List.of(Map.of("note", words)), "", Instant.now(), Map.of());
    }
}
