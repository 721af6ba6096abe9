package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.kubernetes.Routing;
import com.openagents.runbook.system.kubernetes.RuntimePod;
import com.openagents.runbook.system.kubernetes.RuntimePods;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Judges where the Service sends its traffic (runbook 1). */
public final class RoutingAssert extends AbstractAssert<RoutingAssert, Routing> {
    private static final String EXPECTED = "The Service runtime routes to every ready pod";

    RoutingAssert(Routing actual) {
        super(actual, RoutingAssert.class);
    }

    /**
     * @throws CouldNotCheck if no pod is ready, so that there is nothing to route to
     */
    public RoutingAssert reachesEveryReadyPodOf(RuntimePods pods) {
        if (!actual.exists()) {
            throw finding("there is no Service runtime", List.of());
        }
        if (pods.ready().isEmpty()) {
            throw new CouldNotCheck("no runtime pod is ready, so there is nothing that the Service could route to");
        }
        var left = pods.ready().stream()
                .map(RuntimePod::name)
                .filter(name -> !actual.readyPods().contains(name))
                .toList();
        if (!left.isEmpty()) {
            throw finding(
                    left.size() + " of " + pods.ready().size() + " ready pods get no traffic",
                    left.stream()
                            .map(name -> name + "   is ready but no ready endpoint")
                            .toList());
        }
        return this;
    }

    private FindingError finding(String seen, List<String> details) {
        var all = new ArrayList<>(details);
        if (actual.exists()) {
            all.add("the Service selects " + actual.selector());
        }
        return new FindingError(new Finding(
                EXPECTED,
                seen,
                all,
                "3.2",
                "check runtime pod health; compare the Service's selector with the labels of the pods",
                actual.kubectl().command("get endpointslices -l kubernetes.io/service-name=runtime -o wide")));
    }
}
