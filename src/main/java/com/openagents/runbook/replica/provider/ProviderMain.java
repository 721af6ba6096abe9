package com.openagents.runbook.replica.provider;

import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** The providers as a process; PORT says where it listens, OA_REPLICA_PROVIDER_SECRET what a caller must show. */
public final class ProviderMain {
    private ProviderMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(System.getenv("PORT"));
        try (var replica =
                ProviderReplica.start(System.getenv("OA_REPLICA_PROVIDER_SECRET"), new InetSocketAddress(port))) {
            Runtime.getRuntime().addShutdownHook(new Thread(replica::close, "stop"));
            new CountDownLatch(1).await();
        }
    }
}
