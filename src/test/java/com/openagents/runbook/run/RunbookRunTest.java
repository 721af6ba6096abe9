package com.openagents.runbook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.environment.ClusterFiles;
import com.openagents.runbook.environment.Environments;
import com.openagents.runbook.environment.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunbookRunTest {
    private final AtomicReference<RunbookRun> run = new AtomicReference<>();

    @TempDir
    private Path folder;

    /** The deadline comes while the kubeconfig is read. */
    private final class Late implements Progress {
        @Override
        public <T> T phase(String what, Supplier<T> work) {
            var done = work.get();
            if (what.equals("read the kubeconfig")) {
                run.get().close();
            }
            return done;
        }

        @Override
        public void say(String what) {
            // Nobody listens.
        }
    }

    @Test
    void what_opens_after_the_run_was_closed_is_put_away() throws IOException {
        var selection = new Selection(List.of("1"), "", List.of());
        var features = Path.of("features");
        var environment = ClusterFiles.environment(folder, "there", "http://127.0.0.1:1", "t");
        run.set(RunbookRun.begin(
                new Environments(Path.of("environments")).find(environment.toString()),
                selection,
                features,
                folder.resolve("runs"),
                new Late()));

        assertThatThrownBy(() -> run.get().open(new Engine(features, selection), true))
                .isInstanceOf(CancellationException.class);

        assertThat(CurrentRun.isUnderWay()).isFalse();
    }
}
