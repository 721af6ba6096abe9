package com.openagents.runbook.replica.database;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How to start the database replica.
 *
 * @param port where to listen on 127.0.0.1; 0 takes a free port
 * @param dataFolder where the data lives and stays after the end; empty takes a folder that goes with the replica
 * @param cacheFolder where unpacked programs and the prepared data folder are kept between runs; empty takes the
 *     user's cache folder
 * @param otherAddress another address of this machine to listen on
 */
public record DatabaseOptions(
        int port, Optional<Path> dataFolder, Optional<Path> cacheFolder, Optional<String> otherAddress) {
    public DatabaseOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must lie between 0 and 65535, is " + port);
        }
        Objects.requireNonNull(dataFolder, "dataFolder");
        Objects.requireNonNull(cacheFolder, "cacheFolder");
        Objects.requireNonNull(otherAddress, "otherAddress");
    }

    /** A free port, and data that goes with the replica. */
    public static DatabaseOptions defaults() {
        return new DatabaseOptions(0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public DatabaseOptions onPort(int newPort) {
        return new DatabaseOptions(newPort, dataFolder, cacheFolder, otherAddress);
    }

    public DatabaseOptions withDataIn(Path folder) {
        return new DatabaseOptions(port, Optional.of(folder), cacheFolder, otherAddress);
    }

    public DatabaseOptions withCacheIn(Path folder) {
        return new DatabaseOptions(port, dataFolder, Optional.of(folder), otherAddress);
    }

    public DatabaseOptions alsoAt(String address) {
        return new DatabaseOptions(port, dataFolder, cacheFolder, Optional.of(address));
    }
}
