package com.openagents.runbook.replica.cluster.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One question of a probe to a container. */
final class ProbeRequest {
    private static final int LOWEST_SUCCESS = 200;
    private static final int LOWEST_FAILURE = 400;

    private final String kind;
    private final Probe probe;
    private final Container container;
    private final String podIp;

    ProbeRequest(String kind, Probe probe, Container container, String podIp) {
        this.kind = kind;
        this.probe = probe;
        this.container = container;
        this.podIp = podIp;
    }

    /** @return nothing if all is well, otherwise what is wrong in the words of the kubelet */
    Optional<String> ask() {
        if (probe.getHttpGet() != null) {
            return get(probe.getHttpGet());
        }
        if (probe.getTcpSocket() != null) {
            return connect(probe.getTcpSocket().getPort());
        }
        return Optional.of("this node does only httpGet and tcpSocket probes");
    }

    private int timeoutMillis() {
        return 1000 * Objects.requireNonNullElse(probe.getTimeoutSeconds(), 1);
    }

    private Optional<String> connect(IntOrString port) {
        int number = number(port);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(podIp, number), timeoutMillis());
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.of("dial tcp %s:%d: %s".formatted(podIp, number, reason(failure)));
        }
    }

    private Optional<String> get(HTTPGetAction action) {
        int port = number(action.getPort());
        var host = Objects.requireNonNullElse(action.getHost(), podIp);
        var url = "http://%s:%d%s".formatted(host, port, Objects.requireNonNullElse(action.getPath(), "/"));
        try {
            var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(timeoutMillis());
            connection.setReadTimeout(timeoutMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("User-Agent", "kube-probe/1.34 (" + kind + ")");
            connection.setRequestProperty("Accept", "*/*");
            connection.setRequestProperty("Connection", "close");
            Objects.requireNonNullElse(action.getHttpHeaders(), List.<io.fabric8.kubernetes.api.model.HTTPHeader>of())
                    .forEach(header -> connection.setRequestProperty(header.getName(), header.getValue()));
            try {
                int code = connection.getResponseCode();
                return code >= LOWEST_SUCCESS && code < LOWEST_FAILURE
                        ? Optional.empty()
                        : Optional.of("HTTP probe failed with statuscode: " + code);
            } finally {
                connection.disconnect();
            }
        } catch (SocketTimeoutException slow) {
            return Optional.of("Get \"%s\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
                    .formatted(url));
        } catch (ConnectException refused) {
            return Optional.of("Get \"%s\": dial tcp %s:%d: %s".formatted(url, host, port, reason(refused)));
        } catch (IOException broken) {
            return Optional.of("Get \"%s\": %s".formatted(url, broken.getMessage()));
        }
    }

    private static String reason(IOException failure) {
        var message = String.valueOf(failure.getMessage());
        return message.contains("refused") ? "connect: connection refused" : message;
    }

    private int number(IntOrString port) {
        if (port.getIntVal() != null && port.getIntVal() != 0) {
            return port.getIntVal();
        }
        return container.getPorts().stream()
                .filter(named -> port.getStrVal().equals(named.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElse(0);
    }
}
