package com.openagents.runbook.replica.cluster.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A network of 254 loopback addresses, {@code 127.a.b.0/24}, that belongs to this run alone: a listening socket on its
 * first address holds it until the end, however the end comes.
 */
public final class Loopback implements AutoCloseable {
    private static final int LOCK_PORT = 29_931;
    private static final int ATTEMPTS = 100;
    private static final int FIRST = 10;
    private static final int LAST = 250;

    private final String prefix;
    private final ServerSocket lock;
    private final BitSet used = new BitSet(LAST + 1);
    private int next = FIRST;

    private Loopback(String prefix, ServerSocket lock) {
        this.prefix = prefix;
        this.lock = lock;
    }

    /** @throws IOException if this machine has no loopback network with more than one address */
    public static Loopback claim() throws IOException {
        IOException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            var random = ThreadLocalRandom.current();
            var prefix = "127." + random.nextInt(64, 255) + "." + random.nextInt(1, 255) + ".";
            try {
                return new Loopback(prefix, new ServerSocket(LOCK_PORT, 1, InetAddress.getByName(prefix + "1")));
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw new IOException("no free network in 127.0.0.0/8: " + last.getMessage(), last);
    }

    /** The address on which Services listen. */
    public String services() {
        return prefix + "1";
    }

    /** An address that no pod has, and as long as possible none had. */
    public synchronized String take() {
        for (int i = FIRST; i <= LAST; i++) {
            int number = next;
            next = next == LAST ? FIRST : next + 1;
            if (!used.get(number)) {
                used.set(number);
                return prefix + number;
            }
        }
        throw new IllegalStateException("all addresses of " + prefix + "0/24 are in use");
    }

    public synchronized void giveBack(String address) {
        used.clear(Integer.parseInt(address.substring(prefix.length())));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
