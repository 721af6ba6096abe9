package com.openagents.runbook.report.attestation;

import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The result of a run as an in-toto Statement v1 with the predicate test-result v0.1. Its subjects are the manifest, which
 * names every file of the run, and the record, from which all others are made.
 *
 * @see <a href="https://in-toto.io/Statement/v1">Statement</a>
 * @see <a href="https://in-toto.io/attestation/test-result/v0.1">test-result</a>
 */
final class Statement {
    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    private static final String TYPE = "https://in-toto.io/Statement/v1";
    private static final String PREDICATE_TYPE = "https://in-toto.io/attestation/test-result/v0.1";

    private Statement() {}

    /** The bytes to be signed: the same for the same record and manifest. */
    static byte[] of(Run run, String manifestSha256) {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("_type", TYPE);
        statement.put(
                "subject",
                List.of(resource(Manifest.FILE, manifestSha256), resource(RunRecord.FILE, run.recordSha256())));
        statement.put("predicateType", PREDICATE_TYPE);
        statement.put("predicate", predicate(run));
        return Json.bytes(statement);
    }

    private static Map<String, Object> predicate(Run run) {
        var predicate = new LinkedHashMap<String, Object>();
        predicate.put("result", result(run));
        predicate.put("configuration", configuration(run));
        predicate.put("passedTests", ids(run, Statement::passed));
        predicate.put("warnedTests", ids(run, scenario -> !passed(scenario) && !failed(scenario)));
        predicate.put("failedTests", ids(run, Statement::failed));
        return predicate;
    }

    /** Passed only if every scenario did; the worst of the run and its scenarios counts. */
    static String result(Run run) {
        var verdict = run.verdict();
        boolean bad =
                verdict == RunVerdict.FAILED || verdict == RunVerdict.ABORTED || verdict == RunVerdict.NOTHING_SELECTED;
        if (bad || run.scenarios().stream().anyMatch(Statement::failed)) {
            return "FAILED";
        }
        return verdict == RunVerdict.PASSED && run.scenarios().stream().allMatch(Statement::passed)
                ? "PASSED"
                : "WARNED";
    }

    private static boolean passed(ScenarioResult scenario) {
        return scenario.verdict() == Verdict.PASSED;
    }

    private static boolean failed(ScenarioResult scenario) {
        return scenario.verdict() == Verdict.FAILED || scenario.verdict() == Verdict.ABORTED;
    }

    private static List<String> ids(Run run, Predicate<ScenarioResult> which) {
        return run.scenarios().stream().filter(which).map(ScenarioResult::id).toList();
    }

    private static List<Map<String, Object>> configuration(Run run) {
        var facts = run.facts();
        var configuration = new ArrayList<Map<String, Object>>();
        add(configuration, "features", facts.featureHash());
        add(configuration, "docs/runbook.md", facts.runbookHash());
        add(
                configuration,
                "environment " + facts.environment(),
                run.provenance().environmentSha256());
        if (!facts.suiteVersion().isEmpty()) {
            var suite = new LinkedHashMap<String, Object>();
            suite.put("name", "suite");
            suite.put("uri", "pkg:maven/com.openagents/runbook@" + facts.suiteVersion());
            configuration.add(suite);
        }
        return configuration;
    }

    /** A resource of which nothing is known cannot be described. */
    private static void add(List<Map<String, Object>> configuration, String name, String sha256) {
        if (!sha256.isEmpty()) {
            configuration.add(resource(name, sha256));
        }
    }

    private static Map<String, Object> resource(String name, String sha256) {
        var resource = new LinkedHashMap<String, Object>();
        resource.put("name", name);
        resource.put("digest", Map.of("sha256", sha256));
        return resource;
    }
}
