package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.runtime.security.Sanitizer;
import com.openagents.runbook.replica.runtime.tools.ToolTasks.Settlement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One tool at work on a thread of its own, within its time. */
public final class ToolInvocation {
    private final Limits limits;
    private final FutureTask<Map<String, Object>> work;

    ToolInvocation(Limits limits, Callable<Map<String, Object>> work) {
        this.limits = limits;
        this.work = new FutureTask<>(work);
    }

    Future<?> work() {
        return work;
    }

    /** How it ended, or nothing if the run was taken over by somebody else meanwhile. */
    Optional<End> await() throws SQLException {
        var thread = new Thread(work, "tool");
        thread.setDaemon(true);
        thread.start();
        try {
            return awaitEnd();
        } catch (ExecutionException crash) {
            return Optional.of(End.crashed(crash.getCause()));
        } catch (CancellationException killed) {
            return Optional.of(End.canceled());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            work.cancel(true);
        }
    }

    private Optional<End> awaitEnd() throws SQLException, InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limits.timeoutMillis());
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            try {
                var output = work.get(Math.max(Math.min(left, limits.beatMillis()), 0), TimeUnit.MILLISECONDS);
                return Optional.of(new End("succeeded", new Settlement(output, null, null)));
            } catch (TimeoutException notYet) {
                if (left <= limits.beatMillis()) {
                    var message = "tool timed out after " + limits.timeoutMillis() + "ms";
                    return Optional.of(End.failed("timed_out", "timeout", message));
                }
                if (!limits.heart().beat()) {
                    return Optional.empty();
                }
            }
        }
    }

    /**
     * How long a tool may take.
     *
     * @param beatMillis how often the heart beats meanwhile
     */
    public record Limits(long timeoutMillis, long beatMillis, Heart heart) {
        public static Limits of(long timeoutMillis) {
            return new Limits(timeoutMillis, timeoutMillis, () -> true);
        }
    }

    /** Keeps the run while a tool works. */
    @FunctionalInterface
    public interface Heart {
        /** Whether the run is still ours. */
        boolean beat() throws SQLException;
    }

    /** How a tool call ended. */
    record End(String state, Settlement settlement) {
        static End failed(String state, String errorClass, String message) {
            return new End(state, new Settlement(null, errorClass, message));
        }

        static End canceled() {
            return failed("canceled", "canceled", "tool canceled");
        }

        static End crashed(Throwable crash) {
            var errorClass = crash instanceof Tool.Failure failure ? failure.errorClass() : "exception";
            return failed("failed", errorClass, String.valueOf(crash.getMessage()));
        }

        End cleaned(Sanitizer sanitizer) {
            return settlement.output() == null
                    ? this
                    : new End(state, new Settlement(sanitizer.clean(settlement.output()), null, null));
        }
    }
}
