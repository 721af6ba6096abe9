package com.openagents.runbook.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.HashChain;
import com.openagents.runbook.report.history.EarlierRuns;
import com.openagents.runbook.report.history.History;
import io.cucumber.messages.types.Attachment;
import io.cucumber.messages.types.AttachmentContentEncoding;
import io.cucumber.messages.types.Meta;
import io.cucumber.messages.types.Product;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is attached to the run rather than to a step: its facts, the identity of its systems, its phases, waivers, controls. */
final class RunAttachments {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChainCheck chain;
    private final Map<String, Map<String, String>> identities = new LinkedHashMap<>();
    private final List<Phase> phases = new ArrayList<>();
    private Map<String, String> runner = Map.of();
    private final Set<Waiver> waivers = new LinkedHashSet<>();
    private final Set<Framework> frameworks = new LinkedHashSet<>();
    private RunFacts facts;
    private EarlierRuns earlier = EarlierRuns.NONE;
    private JsonNode provenance = JSON.createObjectNode();
    private Instant startedAt;
    private int others;

    RunAttachments(ChainCheck chain) {
        this.chain = chain;
    }

    static boolean isEvidence(Attachment attachment) {
        return attachment.getMediaType().equals(Evidence.MEDIA_TYPE) || isAfterwards(attachment);
    }

    /** Whether it was looked at because of a finding. */
    static boolean isAfterwards(Attachment attachment) {
        return attachment.getMediaType().equals(Evidence.AFTERWARDS_MEDIA_TYPE);
    }

    static JsonNode json(Attachment attachment) throws IOException {
        var body = attachment.getBody();
        return attachment.getContentEncoding() == AttachmentContentEncoding.BASE64
                ? JSON.readTree(Base64.getDecoder().decode(body))
                : JSON.readTree(body);
    }

    void runner(Meta meta) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("engine", text(meta.getImplementation()));
        facts.put("runtime", text(meta.getRuntime()));
        facts.put("operating system", text(meta.getOs()) + " " + meta.getCpu().getName());
        meta.getCi().ifPresent(ci -> {
            facts.put("build server", ci.getName());
            ci.getUrl().ifPresent(url -> facts.put("build", url));
            ci.getGit().ifPresent(git -> facts.put("revision", git.getRevision()));
        });
        runner = facts;
    }

    void add(Attachment attachment, List<Problem> problems) {
        try {
            switch (attachment.getMediaType()) {
                case RunFacts.MEDIA_TYPE -> facts(json(attachment));
                case Identity.MEDIA_TYPE -> identity(json(attachment));
                case Phase.MEDIA_TYPE -> phase(json(attachment));
                case Waiver.MEDIA_TYPE ->
                    json(attachment).path("waivers").forEach(waiver -> waivers.add(Waiver.read(waiver)));
                case Framework.MEDIA_TYPE ->
                    json(attachment).path("frameworks").forEach(one -> frameworks.add(Framework.read(one)));
                case EarlierRuns.MEDIA_TYPE -> earlier = History.earlier(json(attachment));
                case HashChain.Link.MEDIA_TYPE -> chain.link(json(attachment));
                case Provenance.MEDIA_TYPE -> provenance = json(attachment);
                case Problem.LEFT_CHANGED -> problems.add(problem(Verdict.FAILED, attachment));
                case Problem.CUT_SHORT -> problems.add(problem(Verdict.ABORTED, attachment));
                case Problem.MISPLACED -> problems.add(problem(Verdict.INCOMPLETE, attachment));
                default -> others++;
            }
        } catch (IOException | IllegalArgumentException e) {
            problems.add(new Problem(
                    Verdict.INCOMPLETE, "An attachment of the run cannot be read: " + attachment.getMediaType()));
        }
    }

    private static Problem problem(Verdict verdict, Attachment attachment) throws IOException {
        return new Problem(verdict, json(attachment).path("problem").asText());
    }

    void other() {
        others++;
    }

    /** The run's facts; without them nobody knows what was checked, which is a problem of the run. */
    RunFacts facts(List<Problem> problems) {
        if (facts == null) {
            problems.add(
                    new Problem(Verdict.INCOMPLETE, "The record does not say what was checked, where, and by whom"));
            return RunFacts.UNKNOWN;
        }
        return facts;
    }

    /** What the run said of its proof, and what its chain says; one that is broken or has no end is a problem of the run. */
    Provenance provenance(RecordChain found, List<Problem> problems) {
        if (!found.broken().isEmpty()) {
            problems.add(new Problem(Verdict.FAILED, "The hash chain of the record " + found.broken()));
        } else if (!provenance.isEmpty() && !found.whole()) {
            problems.add(Problem.NO_END);
        }
        return new Provenance(
                found,
                provenance.path("signature").asText(),
                provenance.path("environmentSha256").asText());
    }

    List<Identity> identities() {
        var all = new ArrayList<Identity>();
        identities.forEach((system, known) -> all.add(new Identity(system, known)));
        if (!runner.isEmpty()) {
            all.add(new Identity("runner", runner));
        }
        return all;
    }

    /** When the run began, which is before its engine did. */
    Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    Collection<Waiver> waivers() {
        return waivers;
    }

    List<Framework> frameworks() {
        return List.copyOf(frameworks);
    }

    List<Phase> phases() {
        return phases;
    }

    EarlierRuns earlier() {
        return earlier;
    }

    int others() {
        return others;
    }

    private void identity(JsonNode json) {
        var known = identities.computeIfAbsent(json.path("system").asText(), system -> new LinkedHashMap<>());
        json.path("facts")
                .properties()
                .forEach(fact -> known.put(fact.getKey(), fact.getValue().asText()));
    }

    private void phase(JsonNode json) {
        phases.add(new Phase(
                json.path("phase").asText(),
                Duration.ofMillis(json.path("millis").asLong())));
    }

    private void facts(JsonNode json) {
        var selection = json.path("selection");
        startedAt =
                json.hasNonNull("startedAt") ? Times.read(json.path("startedAt").asText()) : null;
        facts = new RunFacts(
                json.path("runId").asText(),
                json.path("environment").asText(),
                json.path("kind").asText(),
                new RunFacts.Selection(
                        texts(selection.path("sections")),
                        selection.path("tags").asText(),
                        texts(selection.path("faults")),
                        selection.path("shard").asText()),
                json.path("startedBy").asText(),
                json.path("suiteVersion").asText(),
                json.path("runbookHash").asText(),
                json.path("featureHash").asText(),
                json.path("namespace").asText(),
                json.path("mode").asText("run"),
                texts(json.path("must")));
    }

    static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static String text(Product product) {
        return product.getVersion()
                .map(version -> product.getName() + " " + version)
                .orElse(product.getName());
    }
}
