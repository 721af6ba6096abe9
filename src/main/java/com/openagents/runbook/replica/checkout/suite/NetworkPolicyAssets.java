package com.openagents.runbook.replica.checkout.suite;

import static com.openagents.runbook.replica.checkout.suite.Suite.check;
import static com.openagents.runbook.replica.checkout.suite.Suite.same;
import static com.openagents.runbook.replica.checkout.suite.Suite.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The network policy of the runtime (contract 1.5) and the label that lets the smoke Job through it. */
final class NetworkPolicyAssets {
    private static final String POLICY = "networkpolicy-ingress.yaml";
    private static final String CLIENT_LABEL = "openagents.io/runtime-http-client";

    Suite suite() {
        return new Suite(
                "test/openagents_runtime/deploy/network_policy_assets_test.exs",
                List.of(
                        test("the policy is part of the base", NetworkPolicyAssets::isPartOfTheBase),
                        test("only runtime pods reach the distribution ports", NetworkPolicyAssets::distribution),
                        test("only the control plane and labelled clients reach HTTP", NetworkPolicyAssets::http),
                        test("the smoke job is a labelled client", NetworkPolicyAssets::smoke)));
    }

    private static void isPartOfTheBase(Service service) throws IOException {
        var resources = Manifest.texts(base(service, "kustomization.yaml").path("resources"));
        check(resources.contains(POLICY), POLICY + " is not in kustomization.yaml: " + resources);
    }

    private static void distribution(Service service) throws IOException {
        var rule = rule(service, Set.of(4369, 9000));
        var sources = Manifest.items(rule.path("from"));
        same("number of sources of ports 4369 and 9000", 1, sources.size());
        same(
                "source of ports 4369 and 9000",
                "runtime",
                sources.get(0).at("/podSelector/matchLabels/app").asText());
    }

    private static void http(Service service) throws IOException {
        var sources = Manifest.items(rule(service, Set.of(4000)).path("from"));
        check(!sources.isEmpty(), "port 4000 is open to everybody");
        for (var source : sources) {
            var labels = source.at("/podSelector/matchLabels");
            boolean controlPlane =
                    labels.path("app.kubernetes.io/name").asText().equals("openagents-com");
            boolean client = labels.path(CLIENT_LABEL).asText().equals("true");
            check(controlPlane || client, "port 4000 is open to " + source);
        }
    }

    private static void smoke(Service service) throws IOException {
        var job = Manifest.read(service.workspace().runtime().resolve("deploy/jobs/smoke-job.yaml"));
        var label = job.at("/spec/template/metadata/labels").path(CLIENT_LABEL).asText();
        same("label " + CLIENT_LABEL + " of the smoke pods", "true", label);
    }

    private static JsonNode rule(Service service, Set<Integer> ports) throws IOException {
        return Manifest.items(base(service, POLICY).at("/spec/ingress")).stream()
                .filter(rule -> Manifest.items(rule.path("ports")).stream()
                        .map(port -> port.path("port").asInt())
                        .collect(Collectors.toSet())
                        .equals(ports))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no rule for ports " + ports));
    }

    private static JsonNode base(Service service, String file) throws IOException {
        return Manifest.read(service.workspace().runtime().resolve("deploy/k8s/base/" + file));
    }
}
