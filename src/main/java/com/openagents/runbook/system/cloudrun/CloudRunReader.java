package com.openagents.runbook.system.cloudrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.cloudrun.MigrationHistory.Execution;
import com.openagents.runbook.system.cloudrun.MigrationHistory.Outcome;
import com.openagents.runbook.system.cloudrun.ServiceState.Revision;
import com.openagents.runbook.system.cloudrun.ServiceState.Traffic;
import com.openagents.runbook.system.http.JsonText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the parts of the Admin API's objects that the runbook speaks of (contract 2.4). */
final class CloudRunReader {
    private static final String LATEST = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";

    private CloudRunReader() {}

    static List<Traffic> traffic(JsonNode service) {
        return items(service.path("trafficStatuses"))
                .filter(target -> target.path("percent").asInt() > 0)
                .map(target -> new Traffic(
                        revision(service, target), target.path("percent").asInt()))
                .toList();
    }

    private static String revision(JsonNode service, JsonNode target) {
        var name = target.path("revision").asText("");
        return name.isEmpty() && target.path("type").asText().equals(LATEST)
                ? shortName(service, "latestReadyRevision")
                : shortName(target, "revision");
    }

    static Revision revision(JsonNode revision) {
        return new Revision(
                shortName(revision, "name"), text(revision, "containers.0.image"), time(revision, "createTime"));
    }

    static Container container(JsonNode container) {
        return new Container(
                text(container, "image"), JsonText.list(container, "command"), JsonText.list(container, "args"));
    }

    static Execution execution(JsonNode execution) {
        var completed = items(execution.path("conditions"))
                .filter(condition -> condition.path("type").asText().equals("Completed"))
                .findFirst();
        return new Execution(
                shortName(execution, "name"),
                container(JsonText.at(execution, "template.containers.0")),
                completed.map(CloudRunReader::outcome).orElse(Outcome.RUNNING),
                completed.map(condition -> condition.path("message").asText("")).orElse(""),
                time(execution, "createTime"),
                Optional.of(execution)
                        .filter(one -> one.hasNonNull("completionTime"))
                        .map(one -> time(one, "completionTime")));
    }

    private static Outcome outcome(JsonNode condition) {
        return switch (condition.path("state").asText()) {
            case "CONDITION_SUCCEEDED" -> Outcome.SUCCEEDED;
            case "CONDITION_FAILED" -> Outcome.FAILED;
            case "CONDITION_PENDING", "CONDITION_RECONCILING" -> Outcome.RUNNING;
            // A word that we do not know says nothing, and must not pass for one that we do.
            default ->
                throw new CouldNotCheck(CloudRunApi.SYSTEM + " tells a state of an execution that is not known: "
                        + condition.path("state").asText("none"));
        };
    }

    /** The last part of a resource's name. */
    static String shortName(JsonNode object, String field) {
        var name = text(object, field);
        return name.substring(name.lastIndexOf('/') + 1);
    }

    static String text(JsonNode object, String path) {
        return JsonText.part(object, path)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new CouldNotCheck(CloudRunApi.SYSTEM + " does not tell " + path + " of "
                        + object.path("name").asText("an object")));
    }

    private static Instant time(JsonNode object, String field) {
        try {
            return Instant.parse(text(object, field));
        } catch (DateTimeParseException e) {
            throw new CouldNotCheck(
                    CloudRunApi.SYSTEM + " tells a " + field + " that is no time: " + text(object, field));
        }
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
