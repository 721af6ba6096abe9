package com.openagents.runbook.replica.monitoring;

import com.openagents.runbook.replica.OpenedParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Prometheus and Alertmanager, the real ones, over what the replica measures. They start when somebody asks for them, end
 * with this object and never outlive the run.
 */
public final class MonitoringReplica implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    /** Both are small programs here; a leak is to end them and not the machine. */
    private static final Map<String, String> BOUNDED = Map.of("GOMEMLIMIT", "256MiB");

    private static final String HOST = "127.0.0.1";

    private final MonitoringOptions options;
    private final AlertRules rules;
    private final MonitoringFiles files;
    private final MonitoringApi api = new MonitoringApi();
    private final OpenedParts parts = new OpenedParts("the monitoring");
    private final Map<String, UnaryOperator<AlertRules>> changes = new LinkedHashMap<>();
    private boolean handsOn = true;
    private ProgramsMissing missing;
    private URI prometheus;
    private URI alertmanager;

    /** Starts nothing yet. */
    public MonitoringReplica(MonitoringOptions options, AlertRules rules) {
        this.options = options;
        this.rules = rules;
        this.files = new MonitoringFiles(options.directory());
    }

    /**
     * Starts both unless they run, and returns when every target was scraped, often enough for a rate, and every rule evaluated.
     *
     * @param progress told what is waited for
     * @throws ProgramsMissing if this machine has no such programs and none can be fetched
     */
    public synchronized void open(Consumer<String> progress) throws ProgramsMissing {
        if (prometheus != null) {
            return;
        }
        var programs = findPrograms(progress);
        progress.accept("starting Prometheus and Alertmanager");
        try {
            files.create();
            files.writeRules(current());
            files.writeTargets(options.targets().get());
            alertmanager = startAlertmanager(programs.alertmanager());
            prometheus = startPrometheus(programs.prometheus());
            parts.add(TargetWatch.start(options.targets(), files::writeTargets));
            awaitEvaluation();
        } catch (IOException e) {
            throw new UncheckedIOException("Prometheus could not be started", e);
        }
    }

    /** Looking for them in vain takes long enough once. */
    private MonitoringPrograms findPrograms(Consumer<String> progress) throws ProgramsMissing {
        if (missing != null) {
            throw missing;
        }
        try {
            return MonitoringPrograms.find(options.cache(), progress);
        } catch (ProgramsMissing e) {
            missing = e;
            throw e;
        }
    }

    private URI startAlertmanager(Path program) throws IOException {
        int port = FreePort.find();
        var command = List.of(
                program.toString(),
                "--config.file=" + files.writeAlertmanagerConfiguration(),
                "--storage.path=" + files.data("alertmanager"),
                "--cluster.listen-address=",
                "--web.listen-address=" + HOST + ":" + port);
        return started("alertmanager", command, port);
    }

    private URI startPrometheus(Path program) throws IOException {
        int port = FreePort.find();
        var configuration = writeConfiguration();
        var command = List.of(
                program.toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + files.data("prometheus"),
                "--storage.tsdb.retention.size=512MB",
                "--query.max-samples=5000000",
                "--web.enable-lifecycle",
                "--web.listen-address=" + HOST + ":" + port);
        return started("prometheus", command, port);
    }

    private URI started(String name, List<String> command, int port) throws IOException {
        // A program of an unpacked package finds its files from the folder that stands for the root.
        var root = Path.of(command.get(0)).getParent().resolve("../..").normalize();
        var child = ChildProgram.start(
                name, command, BOUNDED, root, options.directory().resolve(name + ".log"));
        parts.add(child);
        var uri = URI.create("http://" + HOST + ":" + port);
        api.await(name + " to be ready", READY_LIMIT, () -> {
            if (!child.isRunning()) {
                throw new IllegalStateException(name + " ended at once and said: " + child.lastWords());
            }
            return api.isReady(uri);
        });
        return uri;
    }

    /**
     * For faults and drills: other rules from now on, beside what was changed before. Returns when they were evaluated, if
     * anybody evaluates them yet.
     *
     * @param name to change it back by
     * @throws IllegalStateException if it changes nothing, because of what was changed before
     */
    public synchronized void change(String name, UnaryOperator<AlertRules> change) {
        if (change.apply(current()).text().equals(current().text())) {
            throw new IllegalStateException(
                    name + " changes no rule beside " + changes.keySet() + ": put them in one at a time");
        }
        changes.put(name, change);
        reload();
    }

    /** Takes one of the changes back. */
    public synchronized void changeBack(String name) {
        changes.remove(name);
        reload();
    }

    private AlertRules current() {
        var current = rules;
        for (var change : changes.values()) {
            current = change.apply(current);
        }
        return current;
    }

    /** For faults: whether Prometheus knows the Alertmanager. */
    public synchronized void handAlertsOn(boolean known) {
        handsOn = known;
        reload();
    }

    private void reload() {
        if (prometheus == null) {
            return;
        }
        try {
            files.writeRules(current());
            writeConfiguration();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        api.reload(prometheus);
        awaitEvaluation();
    }

    private Path writeConfiguration() throws IOException {
        var receivers = handsOn ? List.of(alertmanager.getAuthority()) : List.<String>of();
        return files.writePrometheusConfiguration(receivers, options.pace());
    }

    private void awaitEvaluation() {
        api.await("Prometheus to scrape every target twice and evaluate every rule", READY_LIMIT, () -> {
            int targets = options.targets().get().size();
            return api.targetsSeenTwice(prometheus) >= targets && api.rulesEvaluated(prometheus);
        });
    }

    /** Whether the Alertmanager holds this alert; only after {@link #open}. */
    public boolean isFiring(String alert) {
        return api.holdsAlert(alertmanager(), alert);
    }

    /** Where Prometheus answers; only after {@link #open}. */
    public synchronized URI prometheus() {
        return prometheus;
    }

    /** As {@link #prometheus}. */
    public synchronized URI alertmanager() {
        return alertmanager;
    }

    @Override
    public synchronized void close() {
        parts.close();
    }
}
