package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.evidence.CouldNotCheck;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** What it means for the person on call that the API server refused, or did not answer. */
public final class KubernetesRefusal {
    private KubernetesRefusal() {}

    /** @param need the permission that was needed, for example {@code list pods} */
    public static CouldNotCheck reason(String server, String namespace, String need, KubernetesClientException e) {
        return new CouldNotCheck(
                switch (e.getCode()) {
                    case 401 ->
                        "kubernetes at " + server + " does not know us (401): renew the credentials of the kubeconfig";
                    case 403 ->
                        "kubernetes at " + server + " does not allow '" + need + "' in namespace " + namespace
                                + ": grant that verb";
                    // The client says 0 or -1 where there was no answer to have a code.
                    case 0, -1 -> "kubernetes at " + server + " does not answer (" + rootCause(e) + ")";
                    default ->
                        "kubernetes at " + server + " answered '" + need + "' with " + e.getCode() + ": "
                                + (e.getStatus() == null
                                        ? e.getMessage()
                                        : e.getStatus().getMessage());
                });
    }

    private static String rootCause(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
