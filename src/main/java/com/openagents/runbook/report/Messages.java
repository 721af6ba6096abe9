package com.openagents.runbook.report;

import io.cucumber.messages.ndjson.Deserializer;
import io.cucumber.messages.types.Attachment;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.TestCaseFinished;
import io.cucumber.messages.types.TestCaseStarted;
import io.cucumber.messages.types.TestRunFinished;
import io.cucumber.messages.types.TestRunHookFinished;
import io.cucumber.messages.types.TestStepResultStatus;
import io.cucumber.messages.types.Timestamp;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns messages into results as they come, and keeps no message longer than its scenario is open. */
final class Messages {
    private static final String STEP_DEFINITION = "{\"stepDefinition\":{";

    private final Deserializer deserializer = new Deserializer();
    private final Features features = new Features();
    private final ChainCheck chain;
    private final RunAttachments attachments;
    private final EvidenceStore.Builder evidence = new EvidenceStore.Builder();
    private final Map<String, Pickle> pickles = new LinkedHashMap<>();
    private final Map<String, CaseLog> cases = new HashMap<>();
    private final Map<String, CaseLog> open = new LinkedHashMap<>();
    private final List<CaseLog> closed = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private int runsStarted;
    private int runsFinished;
    private boolean engineFailed;
    private Instant first;
    private Instant last;

    /** @param chain follows the lines that are taken */
    Messages(ChainCheck chain) {
        this.chain = chain;
        this.attachments = new RunAttachments(chain);
    }

    /** Takes one line; false if it is no message. */
    boolean accept(String line) {
        // They are most of a short record, and no report asks for them.
        if (line.startsWith(STEP_DEFINITION) && line.endsWith("}}")) {
            return true;
        }
        try {
            accept(deserializer.readValue(line));
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    void unreadable(int line) {
        problems.add(new Problem(Verdict.INCOMPLETE, "Line " + line + " of the record cannot be read"));
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    void truncated(int line) {
        problems.add(new Problem(Verdict.INCOMPLETE, "The record breaks off in line " + line));
    }

    private void accept(Envelope envelope) {
        envelope.getMeta().ifPresent(attachments::runner);
        envelope.getGherkinDocument().ifPresent(features::add);
        envelope.getHook().ifPresent(features::add);
        envelope.getParseError()
                .ifPresent(error -> problems.add(new Problem(Verdict.FAILED, "Not a feature: " + error.getMessage())));
        envelope.getPickle().ifPresent(pickle -> pickles.put(pickle.getId(), pickle));
        envelope.getTestRunStarted().ifPresent(started -> {
            runsStarted++;
            at(started.getTimestamp());
        });
        envelope.getTestCase()
                .ifPresent(testCase -> cases.put(
                        testCase.getId(), new CaseLog(pickles.get(testCase.getPickleId()), testCase.getTestSteps())));
        envelope.getTestCaseStarted().ifPresent(this::start);
        envelope.getTestStepStarted()
                .ifPresent(step -> log(step.getTestCaseStartedId()).start(step));
        envelope.getTestStepFinished().ifPresent(step -> {
            log(step.getTestCaseStartedId()).finish(step);
            at(step.getTimestamp());
        });
        envelope.getAttachment().ifPresent(this::attach);
        envelope.getTestCaseFinished().ifPresent(this::finish);
        envelope.getTestRunHookFinished().ifPresent(this::hook);
        envelope.getTestRunFinished().ifPresent(this::finish);
    }

    private void start(TestCaseStarted started) {
        var log = cases.get(started.getTestCaseId()).begin(at(started.getTimestamp()));
        open.put(started.getId(), log);
    }

    private CaseLog log(String startedId) {
        var log = open.get(startedId);
        if (log == null) {
            throw new IllegalArgumentException("a message of a scenario that is not open");
        }
        return log;
    }

    private void attach(Attachment attachment) {
        var startedId = attachment.getTestCaseStartedId();
        if (startedId.isEmpty()) {
            attachments.add(attachment, problems);
        } else if (RunAttachments.isEvidence(attachment)) {
            try {
                var ref = evidence.add(RunAttachments.json(attachment));
                if (RunAttachments.isAfterwards(attachment)) {
                    log(startedId.get()).sawAfterwards(ref);
                } else {
                    log(startedId.get()).saw(attachment.getTestStepId().orElse(""), ref);
                }
            } catch (IOException | IllegalArgumentException e) {
                problems.add(new Problem(
                        Verdict.INCOMPLETE,
                        "A piece of evidence of \""
                                + log(startedId.get()).pickle().getName() + "\" cannot be read"));
            }
        } else {
            attachments.other();
        }
    }

    private void finish(TestCaseFinished finished) {
        var log = log(finished.getTestCaseStartedId());
        log.end(at(finished.getTimestamp()));
        open.remove(finished.getTestCaseStartedId());
        closed.add(log);
    }

    private void hook(TestRunHookFinished hook) {
        var result = hook.getResult();
        if (result.getStatus() != TestStepResultStatus.PASSED) {
            var bad = result.getStatus() == TestStepResultStatus.FAILED ? Verdict.FAILED : Verdict.INCOMPLETE;
            problems.add(new Problem(bad, "Before or after the scenarios: " + CaseLog.message(result)));
        }
    }

    private void finish(TestRunFinished finished) {
        runsFinished++;
        at(finished.getTimestamp());
        engineFailed |= !finished.getSuccess();
        finished.getException()
                .ifPresent(exception -> problems.add(new Problem(
                        Verdict.FAILED,
                        "The run broke: " + exception.getMessage().orElse(exception.getType()))));
    }

    private Instant at(Timestamp timestamp) {
        return at(Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos()));
    }

    private Instant at(Instant instant) {
        first = first == null || instant.isBefore(first) ? instant : first;
        last = last == null || instant.isAfter(last) ? instant : last;
        return instant;
    }

    /** What all messages so far say. */
    Run run(String recordSha256) {
        boolean finished = runsStarted > 0 && runsFinished >= runsStarted;
        var logs = new ArrayList<>(closed);
        logs.addAll(open.values());
        if (!finished) {
            var started = logs.stream().map(log -> log.pickle().getId()).collect(Collectors.toSet());
            pickles.values().stream()
                    .filter(pickle -> !started.contains(pickle.getId()))
                    .forEach(pickle -> logs.add(CaseLog.neverStarted(pickle)));
        }
        var facts = attachments.facts(problems);
        attachments.startedAt().ifPresent(this::at);
        var waivers = new Waivers(attachments.waivers(), attachments.startedAt().or(() -> Optional.ofNullable(first)));
        var sections = Sections.of(features, new Scenarios(features, facts.plan()).of(logs)).stream()
                .map(section -> section.each(this::standing).each(waivers::judge))
                .toList();
        if (engineFailed && !facts.plan() && problems.isEmpty() && allPassed(sections)) {
            problems.add(new Problem(
                    Verdict.INCOMPLETE, "The engine reports a failure that no scenario of the record explains"));
        }
        var provenance = attachments.provenance(chain.result(), problems);
        return new Run(
                facts,
                attachments.identities(),
                attachments.phases(),
                sections,
                problems,
                waivers.uses(sections.stream()
                        .flatMap(section -> section.scenarios().stream())
                        .toList()),
                attachments.frameworks(),
                evidence.build(),
                finished,
                Optional.ofNullable(first),
                Optional.ofNullable(last),
                attachments.others(),
                attachments.earlier(),
                provenance,
                Merged.NOT,
                recordSha256);
    }

    private ScenarioResult standing(ScenarioResult scenario) {
        return scenario.standingFor(attachments.frameworks().stream()
                .flatMap(framework -> framework.of(scenario).stream())
                .toList());
    }

    private static boolean allPassed(List<Section> sections) {
        return sections.stream()
                .flatMap(section -> section.scenarios().stream())
                .allMatch(scenario -> scenario.verdict() == Verdict.PASSED);
    }
}
