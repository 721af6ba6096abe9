package com.openagents.runbook.replica.cluster;

import com.openagents.runbook.replica.cluster.node.ContainerProgram;
import com.openagents.runbook.replica.cluster.node.ReplicaJvm;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one running cluster, started at the first use and ended after the last test. Each takes namespaces of its own. */
public final class SharedCluster implements ParameterResolver {
    public static final String SHELL = "registry.test/shell:1";
    public static final double SPEED = 20;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** The cluster, and what tests need besides. */
    public static final class Lab implements AutoCloseable {
        private final ClusterReplica cluster;
        private final AtomicInteger namespaces = new AtomicInteger();

        Lab(ClusterReplica cluster) {
            this.cluster = cluster;
        }

        public ClusterReplica cluster() {
            return cluster;
        }

        public String newNamespace() {
            var name = "test-" + namespaces.incrementAndGet();
            cluster.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
            return name;
        }

        @Override
        public void close() {
            cluster.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedCluster.class))
                .computeIfAbsent("lab", key -> new Lab(start(SPEED)), Lab.class);
    }

    public static ClusterReplica start(double speed) {
        try {
            return ClusterReplica.start(new ClusterOptions(
                    Files.createTempDirectory(Path.of("target").toAbsolutePath(), "cluster"),
                    Map.of(ClusterReplica.IMAGE, testRuntime(), SHELL, new ShellProgram()),
                    Map.of(
                            "DATABASE_URL",
                            "none",
                            "SECRET_KEY_BASE",
                            "s3cr3t-base",
                            "RUNTIME_SIGNATURE_SECRET",
                            "s3cr3t-sign"),
                    Map.of(),
                    speed));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static ContainerProgram testRuntime() {
        var jvm = ReplicaJvm.prepare(
                Path.of("target", "replica-jvm"),
                new ReplicaJvm.Training(
                        "test-runtime",
                        TestRuntime.class.getName(),
                        List.of("start"),
                        Map.of("POD_IP", "127.0.0.1", "PORT", "0"),
                        2));
        return new JvmProgram(jvm, TestRuntime.class.getName(), List.of("-Xmx32m"), Map.of());
    }

    public static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(condition::getAsBoolean);
    }
}
