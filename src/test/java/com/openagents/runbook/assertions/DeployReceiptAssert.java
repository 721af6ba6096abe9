package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.cloudrun.DeployReceipt;
import com.openagents.runbook.system.cloudrun.ServiceState;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/** Judges the receipt of the chained deploy (runbook 6.3, contract 2.1). */
public final class DeployReceiptAssert extends AbstractAssert<DeployReceiptAssert, DeployReceipt> {
    private static final String AGAIN = "the chained deploy did not reach its end: run it again with RECEIPT_PATH set";

    DeployReceiptAssert(DeployReceipt actual) {
        super(actual, DeployReceiptAssert.class);
    }

    public DeployReceiptAssert isComplete() {
        var missing = DeployReceipt.FIELDS.stream()
                .filter(name -> actual.field(name).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw finding(
                    "The receipt of the deploy is complete",
                    actual.fields().isEmpty()
                            ? "there is none"
                            : "%d of %d fields are missing".formatted(missing.size(), DeployReceipt.FIELDS.size()),
                    actual.fields().isEmpty() ? List.of(actual.file().toString()) : missing,
                    AGAIN);
        }
        return this;
    }

    /** That no step was left out by a switch. Whether the roles are really apart, section 9 looks at (18.2, B5). */
    public DeployReceiptAssert leftNothingOut() {
        isComplete();
        var left = Stream.of("verify_db_role_isolation", "verify_image_alignment")
                .filter(name -> !actual.field(name).orElseThrow().equals("1"))
                .toList();
        if (!left.isEmpty()) {
            throw finding(
                    "The deploy left no verification out",
                    left.size() + " of 2 were",
                    left.stream()
                            .map(name -> name + "   " + actual.field(name).orElseThrow())
                            .toList(),
                    "run the chained deploy again without the switches that leave a verification out");
        }
        return this;
    }

    public DeployReceiptAssert standsFor(ServiceState service) {
        isComplete();
        var other = Stream.of("image", "deployed_image")
                .filter(name -> !service.hasImage(actual.field(name).orElseThrow()))
                .toList();
        if (!other.isEmpty()) {
            throw finding(
                    "The receipt stands for the image that " + service.name() + " has",
                    "it stands for another one",
                    Stream.concat(
                                    other.stream()
                                            .map(name -> name + "   "
                                                    + actual.field(name).orElseThrow()),
                                    Stream.of(
                                            service.name() + "   " + service.image(),
                                            "written   " + Ago.text(written(), actual.at())))
                            .toList(),
                    AGAIN);
        }
        return this;
    }

    public DeployReceiptAssert wasWrittenAfterTheDeployOf(ServiceState service) {
        isComplete();
        var deployed = service.imageSince()
                .orElseThrow(() -> new CouldNotCheck("Cloud Run does not list the newest revision "
                        + service.newestRevision() + ", so it is not known since when its image is deployed"));
        // The receipt tells whole seconds.
        if (written().isBefore(deployed.truncatedTo(ChronoUnit.SECONDS))) {
            throw finding(
                    "The receipt was written after the newest deploy of " + service.name(),
                    "it is older",
                    List.of("written    " + written(), "deployed   " + deployed + ", " + service.newestRevision()),
                    AGAIN);
        }
        return this;
    }

    private Instant written() {
        var text = actual.field("timestamp").orElseThrow();
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new CouldNotCheck("the timestamp of the receipt " + actual.file() + " is no time: " + text);
        }
    }

    private FindingError finding(String expected, String seen, List<String> details, String next) {
        return new FindingError(new Finding(expected, seen, details, "6.3", next, actual.command()));
    }
}
