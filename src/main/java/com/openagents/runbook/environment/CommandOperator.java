package com.openagents.runbook.environment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.safety.OperatorHands;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Operates the systems of a live environment by commands of this machine's shell, as the environment's file names them. What a
 * command needs to know it finds in its environment, never in its words.
 */
final class CommandOperator implements OperatorHands {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Commands of a shell, each null if it is not offered. */
    record Commands(
            @JsonProperty("restart-database") String restartDatabase,
            @JsonProperty("run-retention") String runRetention,
            @JsonProperty("mint-with") String mintWith,
            @JsonProperty("trust-internal") String trustInternal,
            @JsonProperty("restore-control-plane") String restoreControlPlane) {}

    private final Commands commands;

    CommandOperator(Commands commands) {
        this.commands = commands;
    }

    @Override
    public Set<Deed> offered() {
        var offered = EnumSet.noneOf(Deed.class);
        offer(offered, Deed.RESTART_DATABASE, commands.restartDatabase());
        offer(offered, Deed.RUN_RETENTION, commands.runRetention());
        // What is changed in the control plane must also be taken back.
        if (commands.restoreControlPlane() != null) {
            offer(offered, Deed.MINT_WITH, commands.mintWith());
            offer(offered, Deed.TRUST_INTERNAL, commands.trustInternal());
        }
        return offered;
    }

    private static void offer(Set<Deed> offered, Deed deed, String command) {
        if (command != null) {
            offered.add(deed);
        }
    }

    @Override
    public void restartDatabase() {
        run(Deed.RESTART_DATABASE.word(), commands.restartDatabase(), Map.of());
    }

    @Override
    public void runRetention(Duration horizon) {
        var seconds = String.valueOf(horizon.toSeconds());
        run(Deed.RUN_RETENTION.word(), commands.runRetention(), Map.of("HORIZON_SECONDS", seconds));
    }

    @Override
    public void mintWith(String keyId, String key) {
        run(Deed.MINT_WITH.word(), commands.mintWith(), Map.of("KEY_ID", keyId, "KEY", key));
    }

    @Override
    public void trustInternal(String secret) {
        run(Deed.TRUST_INTERNAL.word(), commands.trustInternal(), Map.of("SECRET", secret));
    }

    @Override
    public void restoreControlPlane() {
        run("restore-control-plane", commands.restoreControlPlane(), Map.of());
    }

    /** What it writes is shown to nobody, for it may hold what it was given. */
    private static void run(String word, String command, Map<String, String> variables) {
        var builder = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new CouldNotCheck("drills.operator." + word + " was not done after " + LIMIT.toMinutes()
                        + " min: run it by hand to see what it waits for");
            }
            if (process.exitValue() != 0) {
                throw new CouldNotCheck("drills.operator." + word + " ended with " + process.exitValue()
                        + ": run it by hand to see what it says");
            }
        } catch (IOException e) {
            throw new CouldNotCheck("drills.operator." + word + " cannot be run: there is no sh on this machine");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CouldNotCheck("drills.operator." + word + " was interrupted");
        }
    }
}
