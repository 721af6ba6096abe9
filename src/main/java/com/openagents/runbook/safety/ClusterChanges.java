package com.openagents.runbook.safety;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.safety.Inverse.Action;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The changes that drills make to the cluster, each with what takes it back. Nothing is changed before it is made. */
public final class ClusterChanges {
    private static final String SET = "statefulset/" + SteadyState.NAME;
    private static final String SECRET = "secret/" + SecretKeeper.SECRET;
    private static final String EVENTS = "runtime.run_events";
    /** Kubernetes gives processes two seconds even where it is asked for none. */
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(4);

    private static final Duration EXECUTES_WITHIN = Duration.ofSeconds(30);
    private static final int SECRET_BYTES = 32;

    private final Ground ground;
    private final Consumer<String> hide;
    private final SecretKeeper secrets;
    private final SteadyState steady;

    /** @param hide is told every secret value that is read or made */
    ClusterChanges(Ground ground, Consumer<String> hide) {
        this.ground = ground;
        this.hide = hide;
        secrets = new SecretKeeper(ground);
        steady = new SteadyState(ground);
    }

    /**
     * The StatefulSet takes up the template of an earlier revision, as {@code kubectl rollout undo} does (runbook 7).
     *
     * @param revision its name
     * @throws CouldNotCheck if there is no such revision
     */
    public Change rollBackTo(String revision) {
        var template = template(revision);
        var now = ground.client()
                .apps()
                .statefulSets()
                .inNamespace(ground.namespace())
                .withName(SteadyState.NAME)
                .get()
                .getSpec()
                .getTemplate();
        var serialization = ground.client().getKubernetesSerialization();
        return new Change(
                "roll back " + SET + " in namespace " + ground.namespace() + " to revision " + revision,
                SET,
                1,
                List.of("patch statefulsets"),
                List.of(new Inverse(Action.RESTORE_TEMPLATE, SteadyState.NAME, serialization.asJson(now))),
                () -> setTemplate(template));
    }

    private PodTemplateSpec template(String revision) {
        var kept = ground.client()
                .apps()
                .controllerRevisions()
                .inNamespace(ground.namespace())
                .withName(revision)
                .get();
        if (kept == null) {
            throw new CouldNotCheck("there is no revision " + revision + " any more");
        }
        var serialization = ground.client().getKubernetesSerialization();
        var template = (ObjectNode)
                serialization.convertValue(kept.getData(), JsonNode.class).at("/spec/template");
        template.remove("$patch");
        return serialization.convertValue(template, PodTemplateSpec.class);
    }

    private void setTemplate(PodTemplateSpec template) {
        Edit.of(
                ground.client()
                        .apps()
                        .statefulSets()
                        .inNamespace(ground.namespace())
                        .withName(SteadyState.NAME),
                set -> new StatefulSetBuilder(set)
                        .editSpec()
                        .withTemplate(template)
                        .endSpec()
                        .build());
    }

    /**
     * A pod is killed while it executes a run, without any grace, as when its node is lost. So that it is in the middle of it,
     * the events of runs are kept from everybody until then.
     *
     * @param executed the lease owner of a run that is being executed now, if there is one
     */
    public Change killExecutingPod(Supplier<Optional<String>> executed) {
        var hands = hands();
        return new Change(
                "kill a pod while it executes a run, without any grace; table " + EVENTS + " is held until then",
                "one of the pods of " + SET,
                1,
                List.of("delete pods"),
                List.of(Inverse.waitFor("the pod")),
                () -> hands.hold(EVENTS, () -> {
                    kill(executing(executed));
                    // Before its processes are gone it would end in good order what it is in the middle of.
                    pass(KILLED_WITHIN);
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

    /** Each pod after the other goes by an eviction and comes back; when this is made, all are there again. */
    public Change restartPods() {
        return new Change(
                "restart the pods one after the other, as the disruption budget lets them go",
                "pods of " + SET,
                1,
                List.of("create pods/eviction"),
                List.of(Inverse.waitFor("the pods")),
                () -> new PodRestart(ground).all());
    }

    /** The post-deploy gate is run again with the image that the StatefulSet asks for; Jobs are made, nothing else. */
    public Change runGate(Consumer<GateResult> result) {
        return new Change(
                "run the post-deploy gate again with the image that runs",
                "jobs/runtime-migrate, jobs/runtime-smoke",
                0,
                List.of("create jobs", "delete jobs"),
                List.of(),
                () -> result.accept(new PostDeployGate(ground, running -> {}).run(steady.image())));
    }

    /**
     * Keys of the Secret get other values; the values as they were are kept as a Secret beside it until everything is back.
     * To put it back, the pods are restarted and the gate is run again, as after every change of a secret (runbook 5).
     *
     * @param values a key without a value is taken away
     */
    public Change changeSecrets(Map<String, Optional<String>> values) {
        values.values().forEach(value -> value.ifPresent(hide));
        return new Change(
                "change " + String.join(", ", values.keySet().stream().sorted().toList()) + " in " + SECRET,
                SECRET,
                0,
                List.of("patch secrets", "create secrets"),
                takenBack(Optional.empty()),
                () -> {
                    secrets.keep();
                    secrets.change(values);
                });
    }

    /**
     * The login role of the runtime gets another password, and DATABASE_URL says so.
     *
     * @throws CouldNotCheck if the environment offers no database, or the URL names no password
     */
    public Change changeDatabasePassword(String password) {
        var roles = hands();
        var url = databaseLogin();
        hide.accept(password);
        return new Change(
                "change the password of database role " + url.user() + ", and DATABASE_URL in " + SECRET,
                SECRET,
                0,
                List.of("patch secrets", "create secrets"),
                takenBack(Optional.of(new Inverse(Action.RESTORE_PASSWORD, url.user(), SecretKeeper.BACKUP))),
                () -> {
                    secrets.keep();
                    roles.changePassword(url.user(), password);
                    secrets.change(Map.of("DATABASE_URL", Optional.of(url.withPassword(password))));
                });
    }

    /** All sessions of the runtime with its database end at once, as when the database fails over. */
    public Change cutDatabaseSessions() {
        var role = databaseLogin().user();
        var hands = hands();
        return new Change(
                "end all sessions of database role " + role,
                "database role " + role,
                0,
                List.of(),
                List.of(Inverse.waitFor("the sessions")),
                () -> hands.cutSessions(role));
    }

    /** The events of runs can be neither read nor written for a while. */
    public Change holdEvents(Duration time) {
        var hands = hands();
        return new Change(
                "keep everybody from table " + EVENTS + " for " + time.toSeconds() + " s",
                "table " + EVENTS,
                0,
                List.of(),
                List.of(Inverse.waitFor("the table")),
                () -> hands.hold(EVENTS, () -> pass(time)));
    }

    private static void pass(Duration time) {
        Awaitility.await("the end of the time that the table is held")
                .pollDelay(time)
                .atMost(time.multipliedBy(2))
                .until(() -> true);
    }

    private DatabaseHands hands() {
        return ground.database()
                .orElseThrow(() -> new CouldNotCheck("environment '" + ground.environment()
                        + "' offers no database, so nothing can be done to it: add systems.database to its file"));
    }

    /**
     * A pod is evicted, and while it is away another one is to be evicted as well.
     *
     * @param answer gets the status code of the answer to the second eviction
     */
    public Change evictTwo(String first, String second, IntConsumer answer) {
        return new Change(
                "evict pod " + first + ", and ask to evict " + second + " at the same time",
                "pods/" + first + ", " + second,
                1,
                List.of("create pods/eviction"),
                List.of(Inverse.waitFor("pods " + first + " and " + second)),
                () -> {
                    var restart = new PodRestart(ground);
                    restart.evict(first);
                    answer.accept(restart.evict(second));
                });
    }

    /** The pod whose node name a lease carries, {@code runtime@POD_IP} (contract 6.1). */
    private Optional<String> podOf(String leaseOwner) {
        return steady.pods().stream()
                .filter(pod ->
                        leaseOwner.startsWith("runtime@" + pod.getStatus().getPodIP() + ":"))
                .map(pod -> pod.getMetadata().getName())
                .findFirst();
    }

    /**
     * How the runtime logs in to its database.
     *
     * @throws CouldNotCheck if DATABASE_URL names no user and password
     */
    public DatabaseUrl databaseLogin() {
        try {
            var url = DatabaseUrl.parse(value("DATABASE_URL"));
            hide.accept(url.password());
            return url;
        } catch (IllegalArgumentException e) {
            throw new CouldNotCheck(e.getMessage() + ", so there is nothing to rotate");
        }
    }

    private static List<Inverse> takenBack(Optional<Inverse> besides) {
        var inverses = new ArrayList<>(List.of(
                new Inverse(Action.DELETE_SECRET, SecretKeeper.BACKUP, ""),
                new Inverse(Action.RERUN_GATE, SteadyState.NAME, ""),
                new Inverse(Action.RESTART_PODS, SteadyState.NAME, "")));
        besides.ifPresent(inverses::add);
        inverses.add(new Inverse(Action.RESTORE_SECRET, SecretKeeper.SECRET, SecretKeeper.BACKUP));
        return inverses;
    }

    /**
     * What a key of the Secret says now. It appears in no record.
     *
     * @throws CouldNotCheck if there is no such key
     */
    public String value(String key) {
        var value = secrets.value(SecretKeeper.SECRET, key)
                .orElseThrow(() -> new CouldNotCheck("there is no " + key + " in " + SECRET));
        hide.accept(value);
        return value;
    }

    /** A new random value, for a secret. It appears in no record. */
    public String newValue() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        var value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        hide.accept(value);
        return value;
    }

    /** The pods of the runtime, in the order of their names. */
    public List<String> pods() {
        return steady.pods().stream()
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .toList();
    }
}
