package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.Right;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The changes that drills make to the database, and while they hold a part of it. None of them outlives its session. */
public final class DatabaseChanges {
    private static final String EVENTS = "runtime.run_events";
    /** Kubernetes gives processes two seconds even where it is asked for none. */
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(4);

    private static final Duration EXECUTES_WITHIN = Duration.ofSeconds(30);

    private final Ground ground;
    private final SecretChanges login;
    private final SteadyState steady;

    /** @param login knows the role of the runtime */
    DatabaseChanges(Ground ground, SecretChanges login) {
        this.ground = ground;
        this.login = login;
        steady = new SteadyState(ground);
    }

    /**
     * A pod is killed while it executes a run, without any grace, as when its node is lost. So that it is in the middle of it,
     * the events of runs are kept from everybody until then.
     *
     * @param executed the lease owner of a run that is being executed now, if there is one
     */
    public Change killExecutingPod(Supplier<Optional<String>> executed) {
        var hands = ground.hands();
        return new Change(
                "kill a pod while it executes a run, without any grace; table " + EVENTS + " is held until then",
                "one of the pods of statefulset/" + SteadyState.NAME,
                1,
                List.of(Right.KILL),
                List.of(Inverse.waitFor("the pod")),
                () -> hands.hold(EVENTS, () -> {
                    kill(executing(executed));
                    // Before its processes are gone it would end in good order what it is in the middle of.
                    Pause.lasting(KILLED_WITHIN, "the processes of the pod to be gone");
                }));
    }

    private String executing(Supplier<Optional<String>> executed) {
        try {
            return Awaitility.await("a pod to execute a run")
                    .atMost(EXECUTES_WITHIN)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> executed.get().flatMap(this::podOf), Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException none) {
            throw new CouldNotCheck("no pod executes a run, so none can be killed while it does");
        }
    }

    private void kill(String pod) {
        ground.client()
                .pods()
                .inNamespace(ground.namespace())
                .withName(pod)
                .withGracePeriod(0)
                .delete();
    }

    /** The pod whose node name a lease carries, {@code runtime@POD_IP} (contract 6.1). */
    private Optional<String> podOf(String leaseOwner) {
        return steady.pods().stream()
                .filter(pod ->
                        leaseOwner.startsWith("runtime@" + pod.getStatus().getPodIP() + ":"))
                .map(pod -> pod.getMetadata().getName())
                .findFirst();
    }

    /** All sessions of the runtime with its database end at once, as when the database fails over. */
    public Change cutDatabaseSessions() {
        var role = login.databaseLogin().user();
        var hands = ground.hands();
        return new Change(
                "end all sessions of database role " + role,
                "database role " + role,
                0,
                List.of(),
                List.of(Inverse.waitFor("the sessions")),
                () -> hands.cutSessions(role));
    }

    /**
     * Nothing passes between the database and the pod that executes a run.
     *
     * @param executed the lease owner of a run that is being executed now, if there is one
     */
    public Change partition(Supplier<Optional<String>> executed, Duration time) {
        var hands = ground.hands();
        return new Change(
                "cut the pod that executes a run off the database for " + time.toSeconds() + " s",
                "one of the pods of statefulset/" + SteadyState.NAME,
                0,
                List.of(),
                List.of(Inverse.waitFor("the sessions of the pod")),
                () -> hands.cutOff(addressOf(executing(executed)), time));
    }

    private String addressOf(String pod) {
        return steady.pods().stream()
                .filter(found -> found.getMetadata().getName().equals(pod))
                .map(found -> found.getStatus().getPodIP())
                .findFirst()
                .orElseThrow(() -> new CouldNotCheck("pod " + pod + " is gone"));
    }

    /** The events of runs can be neither read nor written for a while. */
    public Change holdEvents(Duration time) {
        var hands = ground.hands();
        return new Change(
                "keep everybody from table " + EVENTS + " for " + time.toSeconds() + " s",
                "table " + EVENTS,
                0,
                List.of(),
                List.of(Inverse.waitFor("access to the table")),
                () -> hands.hold(EVENTS, () -> Pause.lasting(time, "the end of the time that the table is held")));
    }
}
