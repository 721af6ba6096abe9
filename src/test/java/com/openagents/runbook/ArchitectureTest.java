package com.openagents.runbook;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rooms of the house and the doors between them. */
class ArchitectureTest {
    private static final String ROOT = "com.openagents.runbook";
    private static final String RUN = ROOT + ".run..";
    private static final String CLI = ROOT + ".cli..";
    private static final String ENVIRONMENT = ROOT + ".environment..";
    private static final String SYSTEM = ROOT + ".system..";
    private static final String COVERAGE = ROOT + ".coverage..";
    private static final String COMPLIANCE = ROOT + ".compliance..";
    private static final String EVIDENCE = ROOT + ".evidence..";
    private static final String REPORT = ROOT + ".report..";
    private static final String FLEET = ROOT + ".fleet..";
    private static final String TRIAGE = ROOT + ".triage..";
    private static final String SAFETY = ROOT + ".safety..";
    private static final String PUBLISH = ROOT + ".publish..";
    private static final String REPLICA = ROOT + ".replica..";
    private static final String STEPS = ROOT + ".steps..";
    private static final String ASSERTIONS = ROOT + ".assertions..";

    private static final ArchRule EVIDENCE_KNOWS_NO_OTHER_ROOM = room(EVIDENCE, EVIDENCE);
    private static final ArchRule SYSTEMS_KNOW_ONLY_EVIDENCE = room(SYSTEM, SYSTEM, EVIDENCE);
    private static final ArchRule THE_REPORT_KNOWS_ONLY_MESSAGES = room(REPORT, REPORT, EVIDENCE);
    private static final ArchRule WHAT_IS_PUBLISHED_COMES_FROM_THE_REPORT =
            room(PUBLISH, PUBLISH, REPORT, EVIDENCE, ENVIRONMENT, SYSTEM);
    private static final ArchRule PUBLISHING_ASKS_NO_SYSTEM = noClasses()
            .that()
            .resideInAPackage(PUBLISH)
            .should()
            .dependOnClassesThat(resideInAPackage(SYSTEM).and(not(resideInAPackage(ROOT + ".system.http"))));
    private static final ArchRule COVERAGE_KNOWS_NO_SYSTEM = room(COVERAGE, COVERAGE, ENVIRONMENT);
    private static final ArchRule TRIAGE_ASKS_SYSTEMS_ONLY = room(TRIAGE, TRIAGE, SYSTEM, EVIDENCE);
    private static final ArchRule A_FLEET_KNOWS_REPORTS_ONLY = room(FLEET, FLEET, REPORT);
    private static final ArchRule THE_REPLICA_STANDS_ALONE = room(REPLICA, REPLICA);
    private static final ArchRule ENVIRONMENTS_OPEN_SYSTEMS_AND_REPLICA =
            room(ENVIRONMENT, ENVIRONMENT, SYSTEM, EVIDENCE, SAFETY, REPLICA);
    private static final ArchRule SAFETY_KNOWS_SYSTEMS_ONLY = room(SAFETY, SAFETY, SYSTEM, EVIDENCE);
    private static final ArchRule A_RUN_KNOWS_ENVIRONMENTS_AND_SYSTEMS =
            room(RUN, RUN, ENVIRONMENT, COMPLIANCE, SYSTEM, EVIDENCE, SAFETY);
    private static final ArchRule COMPLIANCE_KNOWS_FILES_AND_FEATURES =
            room(COMPLIANCE, COMPLIANCE, ENVIRONMENT, COVERAGE, REPORT);
    private static final ArchRule THE_COMMAND_LINE_KNOWS_NO_CLIENT = noClasses()
            .that()
            .resideInAPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".system.*..", REPLICA, STEPS, ASSERTIONS);
    private static final ArchRule STEPS_ASK_SYSTEMS_AND_ASSERT =
            room(STEPS, STEPS, ASSERTIONS, SYSTEM, EVIDENCE, SAFETY);
    private static final ArchRule ASSERTIONS_KNOW_ONLY_RECORDS = room(ASSERTIONS, ASSERTIONS, SYSTEM, EVIDENCE, SAFETY);

    private static final ArchRule STEPS_USE_NO_CLIENT_LIBRARY = noClasses()
            .that()
            .resideInAnyPackage(STEPS, ASSERTIONS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "java.sql..", "org.postgresql..", "io.vertx..");
    private static final ArchRule NOBODY_SLEEPS =
            noClasses().should().callMethod(Thread.class, "sleep", long.class).because("waiting names its condition");
    private static final ArchRule NO_STATE_IS_STATIC =
            fields().that().areStatic().should().beFinal();

    @TestFactory
    List<DynamicTest> the_machinery_keeps_the_rules() {
        var machinery = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOT);
        return List.of(
                test("evidence knows no other room", EVIDENCE_KNOWS_NO_OTHER_ROOM, machinery),
                test("systems know only evidence", SYSTEMS_KNOW_ONLY_EVIDENCE, machinery),
                test("the report knows only messages", THE_REPORT_KNOWS_ONLY_MESSAGES, machinery),
                test("what is published comes from the report", WHAT_IS_PUBLISHED_COMES_FROM_THE_REPORT, machinery),
                test("publishing asks no system", PUBLISHING_ASKS_NO_SYSTEM, machinery),
                test("coverage knows no system", COVERAGE_KNOWS_NO_SYSTEM, machinery),
                test("compliance knows files and features", COMPLIANCE_KNOWS_FILES_AND_FEATURES, machinery),
                test("triage asks systems only", TRIAGE_ASKS_SYSTEMS_ONLY, machinery),
                test("a fleet knows reports only", A_FLEET_KNOWS_REPORTS_ONLY, machinery),
                test("the replica stands alone", THE_REPLICA_STANDS_ALONE, machinery),
                test("environments open systems and the replica", ENVIRONMENTS_OPEN_SYSTEMS_AND_REPLICA, machinery),
                test("safety knows systems only", SAFETY_KNOWS_SYSTEMS_ONLY, machinery),
                test("a run knows environments and systems", A_RUN_KNOWS_ENVIRONMENTS_AND_SYSTEMS, machinery),
                test("the command line knows no client of a system", THE_COMMAND_LINE_KNOWS_NO_CLIENT, machinery),
                test("nobody sleeps", NOBODY_SLEEPS, machinery),
                test("no state is static", NO_STATE_IS_STATIC, machinery),
                test("no java.util.logging", NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING, machinery));
    }

    @TestFactory
    List<DynamicTest> the_runbook_keeps_the_rules() {
        var runbook = new ClassFileImporter().importPackages(ROOT + ".steps", ROOT + ".assertions");
        return List.of(
                test("steps ask systems and assert", STEPS_ASK_SYSTEMS_AND_ASSERT, runbook),
                test("assertions know only records", ASSERTIONS_KNOW_ONLY_RECORDS, runbook),
                test("steps use no client library", STEPS_USE_NO_CLIENT_LIBRARY, runbook),
                test("nobody sleeps", NOBODY_SLEEPS, runbook),
                test("no state is static", NO_STATE_IS_STATIC, runbook),
                test("nothing is printed", NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS, runbook));
    }

    private static ArchRule room(String room, String... known) {
        var elsewhere = List.of(
                        RUN,
                        CLI,
                        COVERAGE,
                        COMPLIANCE,
                        ENVIRONMENT,
                        SYSTEM,
                        SAFETY,
                        EVIDENCE,
                        REPORT,
                        PUBLISH,
                        TRIAGE,
                        FLEET,
                        REPLICA,
                        STEPS,
                        ASSERTIONS)
                .stream()
                .filter(other -> !List.of(known).contains(other))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(elsewhere);
    }

    private static DynamicTest test(String name, ArchRule rule, JavaClasses classes) {
        return DynamicTest.dynamicTest(name, () -> rule.check(classes));
    }
}
