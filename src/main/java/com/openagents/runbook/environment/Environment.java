package com.openagents.runbook.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.evidence.Sha256;
import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.prometheus.AlertExpectations;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A valid environment, not opened yet. */
public final class Environment {
    private static final Duration LONGEST_WAIVER = Duration.ofDays(90);

    private final EnvironmentFile file;
    private final Path path;
    private final JsonNode content;
    private final Expectations expectations;
    private final ClusterAhead cluster;

    /**
     * @param path of the file, as it was named
     * @param content of the file, as it is written
     */
    Environment(EnvironmentFile file, Path path, JsonNode content) {
        this.file = file;
        this.path = path;
        this.content = content;
        this.expectations = new Expectations(file.thresholds());
        this.cluster = new ClusterAhead(file);
    }

    public String name() {
        return file.name();
    }

    /** {@code embedded}, {@code containers} or {@code live}. */
    public String kind() {
        return file.kind().word();
    }

    public String description() {
        return file.description();
    }

    /** The namespace of the runtime, empty if the environment has no Kubernetes. */
    public String namespace() {
        return Optional.ofNullable(file.systems().kubernetes())
                .map(EnvironmentFile.Kubernetes::namespace)
                .orElse("");
    }

    /** Tags, without their sign, of the scenarios that may not stay incomplete; empty if none may. */
    public List<String> must() {
        return Optional.ofNullable(file.must()).orElse(List.of());
    }

    /** How long a waiver of a finding here may be at most. */
    public Duration longestWaiver() {
        return Optional.ofNullable(file.waivers())
                .map(EnvironmentFile.Waivers::longest)
                .map(Durations::parse)
                .orElse(LONGEST_WAIVER);
    }

    /**
     * The file of waivers that counts here; it need not be there.
     *
     * @param own that of the runbook, which counts where none lies beside this environment
     */
    public Path waivers(Path own) {
        return WaiversBeside.of(path, own);
    }

    /** SHA-256 of the environment's file. */
    public String sha256() {
        try {
            return Sha256.ofFile(path);
        } catch (IOException e) {
            throw new EnvironmentProblem("The file of environment '" + name() + "' is gone: " + path);
        }
    }

    /** The algorithm with which runs are signed; empty if they are not. */
    public String signature() {
        return file.signingKey() == null ? "" : SigningKey.ALGORITHM;
    }

    /**
     * The key with which runs are signed, as its reference names it; empty if they are not.
     *
     * @param redactor masks it from then on
     * @throws EnvironmentProblem if there is no such key, with file and line
     * @throws EnvironmentFailure if the cluster that has it does not answer, or does not let us read it
     */
    public Optional<PrivateKey> signingKey(Redactor redactor) {
        try {
            return Optional.ofNullable(file.signingKey()).map(key -> SigningKey.read(key, file, redactor));
        } catch (IllegalArgumentException problem) {
            throw new EnvironmentProblem(path + ":" + YamlDocument.read(path).line("/signing-key") + ": signing-key: "
                    + problem.getMessage());
        }
    }

    /** Where the metrics of a run are delivered, if anywhere. */
    public Optional<Publish> publish() {
        return Optional.ofNullable(file.publish());
    }

    /** Who is told what changed from run to run, if anybody. */
    public Optional<Notify> notifies() {
        return Optional.ofNullable(file.notifies());
    }

    /**
     * Finds the value behind a reference of this environment, also when it is not open.
     *
     * @throws CouldNotCheck if there is nothing behind it; names the reference, never a value
     */
    public String secret(String reference, Redactor redactor) {
        return SecretReference.with(file, reference, redactor, secrets -> secrets.resolve(reference));
    }

    /**
     * Why nothing may be changed here, if so.
     *
     * @param what what is to be done: {@code drill} or {@code gate}
     * @param confirmed the name that was given with {@code --confirm}; empty if none was
     */
    public Optional<String> forbids(String what, String confirmed) {
        return new Permitted(file).change(what, confirmed);
    }

    /** What steps hold the systems against, each object for those that ask for its type. */
    public List<Object> expectations() {
        return List.of(
                expectations.cluster(),
                incidentThresholds(),
                databaseExpectations(),
                new AlertExpectations(file.alertSpeed(), HomeFolder.path()));
    }

    /** What of section 4 is no incident yet, with the runbook's values where the file names none. */
    public IncidentThresholds incidentThresholds() {
        return expectations.incidents();
    }

    private DatabaseExpectations databaseExpectations() {
        return expectations.database();
    }

    /** Why these faults cannot be put into this environment, if they cannot. */
    public Optional<String> refuses(List<String> faults) {
        return new Permitted(file).faults(faults);
    }

    /**
     * The least that whoever runs the runbook here must be allowed, as YAML for {@code kubectl apply}.
     *
     * @param needs what will be asked
     */
    public String leastRole(Needed needs) {
        return LeastAccount.of(file, needs).stream().map(Serialization::asYaml).collect(Collectors.joining());
    }

    /**
     * What lets the cluster of this environment run the runbook by itself, as YAML for {@code kubectl apply}.
     *
     * @param needs what will be asked
     * @throws EnvironmentProblem if the environment has no cluster that exists already, or means something else inside of it
     */
    public String schedule(ScheduledRun run, Needed needs) {
        var inCluster = new InClusterFile(name(), content, true, namespace(), run);
        var account = LeastAccount.of(Environments.parse(name(), inCluster.content()), needs);
        return new ScheduleManifests(
                        name(), namespace(), inCluster, WaiversBeside.text(waivers(WaiversBeside.own())), run, account)
                .yaml();
    }

    /**
     * Begins in the background what opening takes in any case, and of which nothing outside of this process can tell.
     *
     * @return this
     */
    public Environment begin() {
        cluster.begin();
        return this;
    }

    /** Lets go of what was begun and nobody took. */
    public void leave() {
        cluster.leave();
    }

    /**
     * Opens the systems; the progress says what is waited for.
     *
     * @param needs what will be asked; what costs time to start is not started without need
     *
     * @throws EnvironmentProblem if the environment is wrong as it is written
     * @throws EnvironmentFailure if it does not open all the same
     */
    public OpenEnvironment open(Redactor redactor, Progress progress, List<String> faults, Needed needs) {
        if (file.kind() != EnvironmentFile.Kind.LIVE && "none".equals(System.getProperty("runbook.replica"))) {
            throw new EnvironmentProblem("This runbook was made for live environments and holds no replica, which '"
                    + name() + "' needs: run it from the repository");
        }
        return switch (file.kind()) {
            case LIVE -> LiveEnvironment.open(file, databaseExpectations(), redactor, progress, needs, cluster::take);
            case CONTAINERS -> ContainersEnvironment.open(file, databaseExpectations(), redactor, progress, needs);
            case EMBEDDED -> EmbeddedEnvironment.open(file, databaseExpectations(), redactor, progress, faults, needs);
        };
    }

    /**
     * Starts a replica for whoever comes later; containers may then be used by other runs until they are closed.
     *
     * @throws EnvironmentProblem if the environment is wrong as it is written, or kept already
     * @throws EnvironmentFailure if it does not open all the same
     */
    public OpenEnvironment keep(Redactor redactor, Progress progress, List<String> faults) {
        return file.kind() == EnvironmentFile.Kind.CONTAINERS
                ? ContainersEnvironment.keep(file, databaseExpectations(), redactor, progress)
                : open(redactor, progress, faults, Needed.everything());
    }

    /** Takes away what an opening that is interrupted has made so far. */
    public void abandon() {
        if (file.kind() == EnvironmentFile.Kind.CONTAINERS) {
            ContainersEnvironment.abandon();
        }
    }

    /** Whether it goes with the process that opened it, so that nothing in it needs to be put back later. */
    public boolean goesWithItsRun() {
        return file.kind() == EnvironmentFile.Kind.EMBEDDED
                || file.kind() == EnvironmentFile.Kind.CONTAINERS && !file.reuses();
    }
}
