package com.openagents.runbook.system.cloudrun;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.cloudrun.MigrationHistory.Execution;
import com.openagents.runbook.system.cloudrun.ServiceState.Revision;
import com.openagents.runbook.system.cloudrun.ServiceState.Traffic;
import com.openagents.runbook.system.http.JsonText;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks about the runtime on Cloud Run (runbook 6). What it answers is put down as evidence. */
public final class CloudRunSystem {
    private final CloudRunAccess access;
    private final CloudRunApi api;
    private final EvidenceLog evidence;

    public CloudRunSystem(CloudRunAccess access, EvidenceLog evidence) {
        this.access = access;
        this.api = new CloudRunApi(access);
        this.evidence = evidence;
    }

    /** @param heldAgainst what the answer is held against, in words, for the evidence */
    public ServiceState service(String heldAgainst) {
        var path = "services/" + CloudRunApi.encoded(access.service());
        var service = api.get(path);
        var revisions = api.list(path + "/revisions", "revisions").stream()
                .map(CloudRunReader::revision)
                .sorted(Comparator.comparing(Revision::createdAt).reversed())
                .toList();
        var state = new ServiceState(
                access.service(),
                CloudRunReader.text(service, "template.containers.0.image"),
                CloudRunReader.shortName(service, "latestCreatedRevision"),
                CloudRunReader.shortName(service, "latestReadyRevision"),
                CloudRunReader.traffic(service),
                revisions,
                CloudRunReader.text(service, "terminalCondition.state"),
                service.path("terminalCondition").path("message").asText(""),
                service.path("reconciling").asBoolean(),
                Instant.now(),
                access.gcloud());
        saw("Service on Cloud Run", "services describe " + access.service(), row(state), heldAgainst, state.at());
        return state;
    }

    /** @param heldAgainst as for {@link #service} */
    public MigrationJob migrationJob(String heldAgainst) {
        var answer = api.get("jobs/" + CloudRunApi.encoded(access.job()));
        var container = CloudRunReader.container(JsonText.at(answer, "template.template.containers.0"));
        var job = new MigrationJob(access.job(), container, Instant.now(), access.gcloud());
        saw("Migration job on Cloud Run", "jobs describe " + job.name(), row(container), heldAgainst, job.at());
        return job;
    }

    /** @param heldAgainst as for {@link #service} */
    public MigrationHistory migrations(String heldAgainst) {
        var path = "jobs/" + CloudRunApi.encoded(access.job()) + "/executions";
        // The order of the list is not promised.
        var newest = api.list(path, "executions").stream()
                .map(CloudRunReader::execution)
                .max(Comparator.comparing(Execution::createdAt));
        var history = new MigrationHistory(access.job(), newest, Instant.now(), access.gcloud());
        saw(
                "Newest migration execution on Cloud Run",
                "jobs executions list --job=" + access.job() + " --limit=1",
                newest.map(CloudRunSystem::row).orElse(Map.of("execution", "none")),
                heldAgainst,
                history.at());
        return history;
    }

    /**
     * @param heldAgainst as for {@link #service}
     * @throws CouldNotCheck if the environment does not say where the receipt is
     */
    public DeployReceipt receipt(String heldAgainst) {
        var receipt = ReceiptReader.read(named(access.receipt(), "receipt", "the file that RECEIPT_PATH named"));
        var seen = receipt.fields().isEmpty() ? Map.of("receipt", "none") : receipt.fields();
        evidence.saw(new Evidence(
                "Receipt of the chained deploy",
                CloudRunApi.SYSTEM,
                receipt.command(),
                List.of(seen),
                heldAgainst,
                receipt.at(),
                Map.of("file", receipt.file().toString())));
        return receipt;
    }

    /**
     * The name of the database that the job migrates.
     *
     * @throws CouldNotCheck if the environment does not say it
     */
    public String database() {
        return named(access.database(), "database", "the name of the database that " + access.job() + " migrates");
    }

    private static <T> T named(Optional<T> value, String key, String what) {
        return value.orElseThrow(() -> new CouldNotCheck(
                "the environment does not say it: add systems." + CloudRunApi.SYSTEM + "." + key + ", " + what));
    }

    public Identity identity() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("server", access.base().toString());
        facts.put("project", access.project());
        facts.put("region", access.region());
        facts.put("service", access.service());
        facts.put("job", access.job());
        facts.put("revision", newestRevision());
        return new Identity(CloudRunApi.SYSTEM, facts);
    }

    private String newestRevision() {
        try {
            var service = api.get("services/" + CloudRunApi.encoded(access.service()));
            return CloudRunReader.shortName(service, "latestReadyRevision");
        } catch (CouldNotCheck refused) {
            return Identity.unknown(refused.getMessage().lines().findFirst().orElse("no answer"));
        }
    }

    private void saw(String title, String words, Map<String, String> row, String heldAgainst, Instant at) {
        var context = Map.of("server", access.base().toString(), "project", access.project());
        evidence.saw(new Evidence(
                title, CloudRunApi.SYSTEM, access.gcloud().command(words), List.of(row), heldAgainst, at, context));
    }

    private static Map<String, String> row(ServiceState service) {
        return row(
                "service", service.name(),
                "image", service.image(),
                "traffic",
                        service.traffic().stream()
                                .map(target -> words(service, target))
                                .collect(Collectors.joining(", ")),
                "newest revision", service.newestRevision(),
                "newest ready revision", service.readyRevision(),
                "image since", service.imageSince().map(Instant::toString).orElse(""),
                "state", service.condition(),
                "deploying", String.valueOf(service.deploying()));
    }

    private static String words(ServiceState service, Traffic target) {
        var image = service.revision(target.revision()).map(Revision::image).orElse("image unknown");
        return target.percent() + "% " + target.revision() + " (" + image + ")";
    }

    private static Map<String, String> row(Container container) {
        return row(
                "image", container.image(),
                "command", String.join(" ", container.command()),
                "arguments", String.join(" ", container.arguments()));
    }

    private static Map<String, String> row(Execution execution) {
        var row = row(
                "execution", execution.name(),
                "outcome", execution.outcome().name(),
                "message", execution.message(),
                "created", execution.createdAt().toString(),
                "completed", execution.completedAt().map(Instant::toString).orElse(""));
        row.putAll(row(execution.container()));
        return row;
    }

    private static Map<String, String> row(String... cells) {
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < cells.length; i += 2) {
            row.put(cells[i], cells[i + 1]);
        }
        return row;
    }
}
