package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.cloudrun.MigrationJob;
import com.openagents.runbook.system.cloudrun.ServiceState;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges what the migration job on Cloud Run would do if it were executed now (runbook 6.5, 6.6). */
public final class MigrationJobAssert extends AbstractAssert<MigrationJobAssert, MigrationJob> {
    MigrationJobAssert(MigrationJob actual) {
        super(actual, MigrationJobAssert.class);
    }

    public MigrationJobAssert hasTheImageOf(ServiceState service) {
        if (!service.hasImage(actual.container().image())) {
            throw finding(
                    "The job " + actual.name() + " has the image of " + service.name(),
                    "it has another one",
                    List.of(
                            actual.name() + "   " + actual.container().image(),
                            service.name() + "   " + service.image()),
                    "6.5",
                    "run the chained deploy again with IMAGE=" + service.image());
        }
        return this;
    }

    /** The published drift check does not look at this (contract 18.2, B7). */
    public MigrationJobAssert verifiesTheTables() {
        if (!VerifyingCommand.isIn(actual.container())) {
            throw finding(
                    "The job " + actual.name() + " runs " + VerifyingCommand.EXPRESSION,
                    "it does not",
                    List.of("command   " + VerifyingCommand.words(actual.container())),
                    "6.6",
                    "the deploy fell back to an older expression: find out why the release did not know this one, then"
                            + " run the chained deploy again");
        }
        return this;
    }

    private FindingError finding(String expected, String seen, List<String> details, String statement, String next) {
        return new FindingError(new Finding(
                expected, seen, details, statement, next, actual.gcloud().command("jobs describe " + actual.name())));
    }
}
