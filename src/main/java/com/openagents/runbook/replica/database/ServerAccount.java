package com.openagents.runbook.replica.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * As whom the server runs. PostgreSQL refuses to run as root, so root starts it in a user namespace of its own, or as
 * {@code nobody} where namespaces are forbidden (as in most containers).
 */
enum ServerAccount {
    OURS,
    OWN_NAMESPACE,
    NOBODY_BY_SETPRIV,
    NOBODY_BY_SU;

    private static final int NOBODY = 65534;

    /** The first that works here. */
    static ServerAccount detect() {
        if (!isRoot()) {
            return OURS;
        }
        for (var account : List.of(OWN_NAMESPACE, NOBODY_BY_SETPRIV, NOBODY_BY_SU)) {
            if (account.works()) {
                return account;
            }
        }
        throw new IllegalStateException("PostgreSQL does not run as root, and none of unshare, setpriv and su"
                + " gives it another account here: run as an ordinary user");
    }

    /** The same command, run as this account. */
    List<String> wrap(List<String> command) {
        var wrapped = new ArrayList<String>();
        switch (this) {
            case OURS -> wrapped.addAll(command);
            case OWN_NAMESPACE -> {
                wrapped.addAll(List.of("unshare", "-U"));
                wrapped.addAll(command);
            }
            case NOBODY_BY_SETPRIV -> {
                wrapped.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
                wrapped.addAll(command);
            }
            case NOBODY_BY_SU -> {
                var quoted = command.stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
                wrapped.addAll(List.of("su", "nobody", "-s", "/bin/sh", "-c", "exec " + quoted));
            }
        }
        return wrapped;
    }

    /** Who must own the files of the server, if not we. */
    Optional<Integer> fileOwner() {
        return this == NOBODY_BY_SETPRIV || this == NOBODY_BY_SU ? Optional.of(NOBODY) : Optional.empty();
    }

    /** Where programs and the prepared data folder stay between runs; root's home is closed to nobody. */
    Path cacheFolder() {
        if (fileOwner().isPresent()) {
            return Path.of("/var/cache/openagents-runbook");
        }
        var cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return cache.resolve("openagents-runbook");
    }

    boolean works() {
        try {
            var process = new ProcessBuilder(wrap(List.of("/bin/sh", "-c", "test \"$(id -u)\" -ne 0")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }
}
