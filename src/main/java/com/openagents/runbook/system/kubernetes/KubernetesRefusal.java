package com.openagents.runbook.system.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.openagents.runbook.evidence.CouldNotCheck;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

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
                    case 410 ->
                        "kubernetes at " + server + " let the list of '" + need
                                + "' expire twice while it was read page by"
                                + " page: it is slow, or keeps its history too short; run this again";
                    // The client says 0 or -1 where there was no answer to have a code.
                    case 0, -1 -> isSilence(e) ? silent(server, e) : notKubernetes(server);
                    default ->
                        "kubernetes at " + server + " answered '" + need + "' with " + e.getCode() + ": "
                                + (e.getStatus() == null
                                        ? e.getMessage()
                                        : e.getStatus().getMessage());
                });
    }

    /** Whether there was no answer at all. */
    static boolean isSilence(KubernetesClientException e) {
        return e.getCode() <= 0 && causes(e).noneMatch(JacksonException.class::isInstance);
    }

    private static String silent(String server, KubernetesClientException e) {
        if (causes(e).anyMatch(CertificateException.class::isInstance)) {
            return "kubernetes at " + server + " shows a certificate that is not trusted (" + rootCause(e)
                    + "): look at the certificate-authority of the kubeconfig, and whether that is the right server";
        }
        boolean late = causes(e)
                .anyMatch(cause -> cause instanceof TimeoutException
                        || cause instanceof HttpTimeoutException
                        || cause instanceof InterruptedException);
        return "kubernetes at " + server + " does not answer (" + (late ? "it took too long" : rootCause(e)) + ")";
    }

    private static String notKubernetes(String server) {
        return "kubernetes at " + server
                + " answers with something that is not Kubernetes: look whether a proxy or a sign-in"
                + " page stands in between";
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
    }

    private static String rootCause(Throwable e) {
        var cause = root(e);
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** What went wrong first. */
    static Throwable root(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
