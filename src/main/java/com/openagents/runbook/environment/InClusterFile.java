package com.openagents.runbook.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An environment's file as a pod in the cluster of the runtime needs it: it asks with its own account, reaches the pods at
 * their addresses, and finds secrets in its variables, which refer to Secrets.
 */
final class InClusterFile {
    private static final Pattern SECRET = Pattern.compile("secret:([^/]+)/([^/]+)/([^/]+)");
    private static final Pattern VARIABLE = Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)");
    private static final String LOOPBACK = "(localhost|127\\.[0-9.]+|\\[?::1\\]?)";
    private static final Pattern HERE = Pattern.compile("[a-z:]+//" + LOOPBACK + "([:/].*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST_HERE = Pattern.compile(LOOPBACK, Pattern.CASE_INSENSITIVE);

    /** What the pod, its Java or its libraries read themselves. */
    private static final Pattern TAKEN = Pattern.compile(
            "(JAVA_TOOL|JDK_JAVA|_JAVA)_OPTIONS|LD_.*|PATH|HOME|KUBERNETES_SERVICE_.*|JOB_COMPLETION_INDEX");

    private final String name;
    private final String namespace;
    private final boolean own;
    private final String secret;
    private final ObjectNode content;
    private final TreeMap<String, EnvVar> variables = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();

    /**
     * The file as a pod in namespace {@code namespace} needs it.
     *
     * @param own whether the pod is in the cluster and the namespace of the runtime; else it takes the environment's context
     * @throws EnvironmentProblem if something in the file means something else in a pod, naming each place, if it is of no
     *     cluster that exists already, or if it notifies and nothing outlives a run
     */
    InClusterFile(String name, JsonNode file, boolean own, String namespace, ScheduledRun run) {
        var kind = file.path("kind").asText();
        boolean cluster = file.path("systems").has("kubernetes");
        if (!kind.equals("live") || !cluster) {
            throw new EnvironmentProblem("A schedule is for a live environment with systems.kubernetes; '" + name
                    + "' is " + kind + (cluster ? "" : " and has none"));
        }
        if (file.has("notify") && run.volume().isEmpty()) {
            throw new EnvironmentProblem(
                    "'" + name + "' notifies of what changed from run to run, which takes a memory of"
                            + " them: add --history-volume 2Gi");
        }
        this.name = name;
        this.own = own;
        this.namespace = namespace;
        this.secret = run.secret();
        this.content = file.deepCopy();
        // A scheduled run only looks.
        content.remove(List.of("allows", "drills"));
        var problems = new ArrayList<String>();
        kubernetes((ObjectNode) content.path("systems").path("kubernetes"));
        rewrite("", content, problems);
        if (!problems.isEmpty()) {
            throw new EnvironmentProblem(problems);
        }
    }

    JsonNode content() {
        return content;
    }

    /** The variables of the pod, in the order of their names. */
    List<EnvVar> variables() {
        return List.copyOf(variables.values());
    }

    /** The keys that the Secret must have. */
    List<String> keys() {
        return asked.stream().sorted().toList();
    }

    private void kubernetes(ObjectNode kubernetes) {
        if (!own) {
            kubernetes.put("kubeconfig", FleetManifests.KUBECONFIG);
            return;
        }
        kubernetes.put("context", InCluster.CONTEXT);
        kubernetes.remove("kubeconfig");
        if (kubernetes.has("pods")) {
            kubernetes.put("pods", "address");
        }
    }

    private void rewrite(String place, JsonNode node, List<String> problems) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                var there = place.isEmpty() ? entry.getKey() : place + "." + entry.getKey();
                if (entry.getValue().isTextual()) {
                    entry.setValue(TextNode.valueOf(text(there, entry.getValue().textValue(), problems)));
                } else {
                    rewrite(there, entry.getValue(), problems);
                }
            });
        } else {
            node.forEach(element -> rewrite(place, element, problems));
        }
    }

    private String text(String place, String text, List<String> problems) {
        var inSecret = SECRET.matcher(text);
        var inVariable = VARIABLE.matcher(text);
        if (inSecret.matches() && own) {
            return inSecret(place, text, inSecret.group(1), inSecret.group(2), inSecret.group(3), problems);
        } else if (inVariable.matches()) {
            if (!asked.contains(inVariable.group(1))) {
                asked.add(inVariable.group(1));
            }
            variable(place, inVariable.group(1), secret, inVariable.group(1), problems);
        } else if (text.startsWith("file:")) {
            problems.add(name + ": " + place + ": a pod has no such file; put it into a Secret of namespace "
                    + namespace + " and write secret:" + namespace + "/NAME/KEY");
        } else if (place.endsWith(".url") && EnvironmentFile.isThroughApiServer(text) && own) {
            return "http://runtime." + namespace + ".svc.cluster.local";
        } else if (HERE.matcher(text).matches()
                || place.endsWith(".host") && HOST_HERE.matcher(text).matches()
                || text.startsWith("jdbc:") && HERE.matcher(text.substring(5)).matches()) {
            problems.add(
                    name + ": " + place + " is " + text + ", which in a pod is the pod itself; name the Service, for"
                            + " example http://runtime." + namespace + ".svc.cluster.local");
        }
        return text;
    }

    /** As a variable the pod needs no right to read Secrets. */
    private String inSecret(
            String place, String text, String there, String secretName, String key, List<String> problems) {
        if (!there.equals(namespace)) {
            problems.add(
                    name + ": " + place + ": a pod in namespace " + namespace + " cannot have a Secret of namespace "
                            + there + "; copy it, and write secret:" + namespace + "/" + secretName + "/" + key);
            return text;
        }
        var variable = (secretName + "_" + key)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^A-Z0-9]", "_")
                .replaceFirst("^(?=[0-9])", "_");
        variable(place, variable, secretName, key, problems);
        return "env:" + variable;
    }

    /** Optional, so that a missing one makes its checks incomplete, with the reason, and not the pod impossible. */
    private void variable(String place, String variable, String secretName, String key, List<String> problems) {
        var found = new EnvVarBuilder()
                .withName(variable)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, secretName, true)
                .endValueFrom()
                .build();
        var other = variables.put(variable, found);
        if (TAKEN.matcher(variable).matches() || other != null && !other.equals(found)) {
            problems.add(name + ": " + place + ": in a pod the key " + key + " of the Secret " + secretName
                    + " would be the variable " + variable + ", which is something else already; give it another name");
        }
    }
}
