package com.openagents.runbook.environment;

import com.openagents.runbook.safety.OperatorHands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Stands for a control plane: its settings are a file, so that they outlive the process that changed them. */
public record FileOperator(Path settings) implements OperatorHands {
    public static final String FIRST = "as it was started";

    @Override
    public void restartDatabase() {
        throw new UnsupportedOperationException("there is no database behind a file");
    }

    @Override
    public void runRetention(Duration horizon) {
        throw new UnsupportedOperationException("there is no journal behind a file");
    }

    @Override
    public void mintWith(String keyId, String key) {
        write("mints with " + keyId);
    }

    @Override
    public void trustInternal(String secret) {
        write("trusts another secret");
    }

    @Override
    public void restoreControlPlane() {
        write(FIRST);
    }

    /** What it is configured like now. */
    public String now() {
        try {
            return Files.readString(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String words) {
        try {
            Files.writeString(settings, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
