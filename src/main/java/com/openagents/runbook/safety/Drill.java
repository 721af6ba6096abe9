package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.kubernetes.Kubectl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one scenario changes. It says what it means to change before it changes anything; every change is written down with
 * its inverse first, and all of it is put back at the end of the scenario.
 */
public final class Drill {
    private static final String SYSTEM = "kubernetes";
    private static final String OBJECTS = "get statefulsets, list pods, statefulsets, secrets, configmaps, services,"
            + " poddisruptionbudgets, horizontalpodautoscalers, networkpolicies";
    private static final Duration STEADY_WITHIN = Duration.ofMinutes(3);

    private final DrillSession session;
    private final EvidenceLog evidence;
    private final SteadyState steady;
    private final List<Change> meant = new ArrayList<>();
    private NamespaceState before;
    private boolean putBack;

    Drill(DrillSession session, EvidenceLog evidence) {
        this.session = session;
        this.evidence = evidence;
        steady = new SteadyState(session.ground());
    }

    /**
     * Remembers the state that everything must come back to.
     *
     * @throws CouldNotCheck if the runtime is not steady; then nothing is changed
     */
    public void begin() {
        before = session.ground().ask(OBJECTS, () -> {
            steady.require();
            return NamespaceState.of(session.ground());
        });
        saw("Steady state before the drill", podRows(), "every pod ready, nothing being rolled out");
    }

    /** The changes that a drill can make to releases and pods. */
    public ClusterChanges cluster() {
        return new ClusterChanges(session.ground());
    }

    /** The changes that a drill can make to secrets. */
    public SecretChanges secrets() {
        return new SecretChanges(session.ground(), session::hide);
    }

    /**
     * The changes that a drill can make to what is beside the runtime.
     *
     * @throws CouldNotCheck if the environment lets only people do it
     */
    public OperatorChanges operator() {
        return new OperatorChanges(session.ground());
    }

    /** The changes that a drill can make to the database. */
    public DatabaseChanges database() {
        return new DatabaseChanges(session.ground(), secrets());
    }

    /**
     * Says what will be changed. In a plan this is where the scenario ends.
     *
     * @throws CouldNotCheck if the disruption budget does not let so many pods go now
     */
    public void mean(List<Change> changes) {
        meant.addAll(changes);
        saw("What the drill changes, and how it is taken back", rows(changes), budgetWords());
        if (session.onlyPlans()) {
            throw new CouldNotCheck(
                    changes.isEmpty()
                            ? "nothing is changed"
                            : changes.stream()
                                    .map(change -> change.what() + "; " + takenBack(change))
                                    .collect(Collectors.joining("\n")));
        }
        int room = budgetRoom();
        changes.stream().filter(change -> change.pods() > room).findFirst().ifPresent(change -> {
            throw new CouldNotCheck("the disruption budget lets " + room + " pods go now, and '" + change.what()
                    + "' takes " + change.pods() + "; nothing was changed");
        });
    }

    /**
     * Makes one of the changes that were announced.
     *
     * @return why the runtime did not settle after it, in words; empty if it did
     * @throws CouldNotCheck if the API server refuses or does not answer
     * @throws IllegalStateException if it was not announced
     */
    public Optional<String> make(Change change) {
        if (before == null || !meant.contains(change)) {
            throw new IllegalStateException("'" + change.what() + "' was not announced, or the drill has not begun");
        }
        try {
            return session.ground().ask(String.join(", ", change.permissions()), () -> {
                session.make(change);
                return Optional.<String>empty();
            });
        } catch (Unsettled problem) {
            return Optional.of(problem.getMessage());
        }
    }

    public Kubectl kubectl() {
        return session.ground().kubectl();
    }

    boolean isPutBack() {
        return putBack;
    }

    /** Puts everything back and looks whether all is as it was. */
    public PutBack putBack() {
        var start = Instant.now();
        var problems = new ArrayList<String>();
        session.putBack().ifPresent(problems::add);
        session.ground()
                .attempt(OBJECTS, () -> addDifferences(problems))
                .ifPresent(reason -> problems.add("it is not known whether all is as before: " + reason));
        putBack = true;
        return new PutBack(
                problems,
                Duration.between(start, Instant.now()),
                session.ground().kubectl());
    }

    private void addDifferences(List<String> problems) {
        steady.await(STEADY_WITHIN).ifPresent(problem -> problems.add("the runtime is not steady again: " + problem));
        if (before != null) {
            problems.addAll(NamespaceState.of(session.ground()).since(before));
        }
        saw("Steady state after the drill", podRows(), "as before the drill");
    }

    /**
     * Waits until every pod is ready and nothing is being rolled out.
     *
     * @return what is not steady when the limit is over, in words
     */
    public Optional<String> awaitSteady() {
        return steady.awaitUnlessHopeless(STEADY_WITHIN);
    }

    private int budgetRoom() {
        var budget = session.ground()
                .client()
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(session.ground().namespace())
                .withName(SteadyState.NAME)
                .get();
        return budget == null || budget.getStatus() == null
                ? 0
                : budget.getStatus().getDisruptionsAllowed();
    }

    private String budgetWords() {
        return "the disruption budget lets " + budgetRoom() + " pods go now";
    }

    private static List<Map<String, String>> rows(List<Change> changes) {
        return changes.stream()
                .map(change -> {
                    Map<String, String> row = new LinkedHashMap<>();
                    row.put("change", change.what());
                    row.put("target", change.target());
                    row.put("pods at once", String.valueOf(change.pods()));
                    row.put("verbs", String.join(", ", change.permissions()));
                    row.put("afterwards", takenBack(change));
                    return row;
                })
                .toList();
    }

    private static String takenBack(Change change) {
        return change.inverses().isEmpty()
                ? "nothing to take back"
                : reversed(change.inverses()).stream()
                        .map(Inverse::words)
                        .collect(Collectors.joining(", then ", "taken back by: ", ""));
    }

    private static List<Inverse> reversed(List<Inverse> inverses) {
        var copy = new ArrayList<>(inverses);
        Collections.reverse(copy);
        return copy;
    }

    private List<Map<String, String>> podRows() {
        return steady.pods().stream()
                .map(pod -> {
                    Map<String, String> row = new LinkedHashMap<>();
                    row.put("pod", pod.getMetadata().getName());
                    row.put("ready", SteadyState.isReady(pod) ? "yes" : "no");
                    row.put("revision", pod.getMetadata().getLabels().getOrDefault("controller-revision-hash", ""));
                    row.put("made", pod.getMetadata().getCreationTimestamp());
                    return row;
                })
                .toList();
    }

    private void saw(String title, List<Map<String, String>> rows, String heldAgainst) {
        saw(title, "get pods -l app=" + SteadyState.NAME, rows, heldAgainst);
    }

    /**
     * Puts down what came of a change.
     *
     * @param see the arguments of kubectl that show it by hand
     */
    public void saw(String title, String see, List<Map<String, String>> rows, String heldAgainst) {
        var ground = session.ground();
        evidence.saw(new Evidence(
                title,
                SYSTEM,
                ground.kubectl().command(see),
                rows,
                heldAgainst,
                Instant.now(),
                Map.of("namespace", ground.namespace())));
    }
}
