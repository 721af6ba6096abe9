package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.cloudrun.ServiceState;
import com.openagents.runbook.system.cloudrun.ServiceState.Revision;
import com.openagents.runbook.system.cloudrun.ServiceState.Traffic;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges the runtime's service on Cloud Run (runbook 6.3). */
public final class CloudRunServiceAssert extends AbstractAssert<CloudRunServiceAssert, ServiceState> {
    private static final int ALL = 100;

    CloudRunServiceAssert(ServiceState actual) {
        super(actual, CloudRunServiceAssert.class);
    }

    /** @throws CouldNotCheck while Cloud Run is still at work on a deploy */
    public CloudRunServiceAssert isReady() {
        if (actual.deploying()) {
            throw new CouldNotCheck("Cloud Run is still deploying " + actual.newestRevision() + " of " + actual.name()
                    + ": check again when it is done");
        }
        if (!actual.isReady() || !actual.newestRevision().equals(actual.readyRevision())) {
            throw finding(
                    "The newest revision of " + actual.name() + " is ready",
                    "it is not",
                    List.of(
                            actual.newestRevision() + "   " + actual.condition()
                                    + (actual.message().isEmpty() ? "" : ": " + actual.message()),
                            "ready is   " + actual.readyRevision()),
                    "find out from its log why the new revision does not become ready, and deploy again");
        }
        return this;
    }

    /** The images of the template say nothing of what serves (contract 18.2, B6). */
    public CloudRunServiceAssert servesWhatWasDeployed() {
        var elsewhere =
                actual.traffic().stream().filter(target -> !hasTheImage(target)).toList();
        int percent = actual.traffic().stream().mapToInt(Traffic::percent).sum();
        if (!elsewhere.isEmpty()) {
            int astray = elsewhere.stream().mapToInt(Traffic::percent).sum();
            throw finding(
                    "All traffic of " + actual.name() + " reaches the image that was deployed",
                    astray + "% reaches another image",
                    elsewhere.stream().map(this::line).toList(),
                    "find out whether somebody rolled back on purpose; if not: gcloud run services update-traffic "
                            + actual.name() + " --to-latest");
        }
        if (percent != ALL) {
            throw new CouldNotCheck("Cloud Run tells where " + percent + "% of the traffic of " + actual.name()
                    + " goes, and not where the rest does");
        }
        return this;
    }

    private boolean hasTheImage(Traffic target) {
        var revision = actual.revision(target.revision())
                .orElseThrow(() -> new CouldNotCheck("Cloud Run sends traffic to revision " + target.revision()
                        + " and does not list it, so its image is not known"));
        return actual.hasImage(revision.image());
    }

    private String line(Traffic target) {
        return target.revision() + "   " + target.percent() + "%, "
                + actual.revision(target.revision()).map(this::words).orElse("");
    }

    private String words(Revision revision) {
        return "deployed " + Ago.text(revision.createdAt(), actual.at()) + ": " + revision.image()
                + "; deployed since: " + actual.image();
    }

    private FindingError finding(String expected, String seen, List<String> details, String next) {
        return new FindingError(new Finding(
                expected, seen, details, "6.3", next, actual.gcloud().command("services describe " + actual.name())));
    }
}
