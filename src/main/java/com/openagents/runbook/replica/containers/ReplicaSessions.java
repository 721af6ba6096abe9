package com.openagents.runbook.replica.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.ResourceReaper;

/** The replicas in containers that processes of this machine have: kept for others, of a run, or left behind. */
public final class ReplicaSessions {
    private static final Duration END_LIMIT = Duration.ofMinutes(1);

    private final Path folder;
    private final Sessions sessions;

    /** @param cache a folder for what is worth keeping between runs */
    public ReplicaSessions(Path cache) {
        this.folder = cache.resolve("containers");
        this.sessions = new Sessions(folder.resolve("sessions"));
    }

    /** Tells that this process has containers from now on. */
    public void begin() {
        sessions.begin(DockerClientFactory.SESSION_ID, ContainerEngine.address());
    }

    /** Removes what this process has in the engine, also what is half started. */
    public void end() {
        if (remove()) {
            sessions.end(DockerClientFactory.SESSION_ID);
        }
    }

    /**
     * Removes what this process has in the engine so far, while it starts more and is about to end. What the engine makes
     * all the same is what a killed run left behind.
     */
    public void abandon() {
        remove();
    }

    private boolean remove() {
        boolean began = sessions.process(DockerClientFactory.SESSION_ID).isPresent();
        if (began) {
            // Testcontainers' own hook may be at it, and of two that remove the same container one fails.
            synchronized (ResourceReaper.instance()) {
                ContainerEngine.remove(DockerClientFactory.SESSION_ID);
            }
        }
        return began;
    }

    /** Removes what killed processes left behind in the engine, and says so. */
    public void removeLeft(Consumer<String> said) {
        for (var session : sessions.left(ContainerEngine.address())) {
            int containers = ContainerEngine.remove(session);
            sessions.end(session);
            if (containers > 0) {
                said.accept("removed " + containers + " containers that a killed run had left behind");
            }
        }
    }

    /** Lets others use a replica of this process. */
    public void keep(String name, ContainerReplica replica, Map<String, String> madeOf) {
        var session = DockerClientFactory.SESSION_ID;
        replica.kept(session, madeOf, ContainerEngine.running(session)).write(note(name));
    }

    /** Takes back that others may use it. */
    public void release(String name) {
        try {
            Files.deleteIfExists(note(name));
        } catch (IOException e) {
            throw new UncheckedIOException("the note of the kept replica cannot be removed: " + note(name), e);
        }
    }

    /** What is kept under a name by a process that still runs. */
    public Optional<KeptReplica> kept(String name) {
        return KeptReplica.read(note(name))
                .filter(kept -> sessions.process(kept.session()).isPresent());
    }

    /** Why a kept replica is not what would be started now, if so. */
    public static Optional<String> changed(KeptReplica kept, Map<String, String> madeOf) {
        return kept.differsFrom(madeOf)
                .or(() -> ContainerEngine.running(kept.session()).equals(kept.containers())
                        ? Optional.empty()
                        : Optional.of("not all of its containers run, or others do"));
    }

    /** The process that keeps a replica. */
    public long keeper(KeptReplica kept) {
        return sessions.process(kept.session()).map(ProcessHandle::pid).orElseThrow();
    }

    /** What another process keeps, to be used by this one. */
    public static ReachableReplica attach(KeptReplica kept, Path cache) {
        return new AttachedReplica(kept, cache);
    }

    /**
     * Has every process that keeps a replica end it, and removes what killed ones left behind.
     *
     * @return whether nothing is kept any more
     */
    public boolean takeDown(Consumer<String> said) {
        boolean all = true;
        for (var note : notes()) {
            all &= isTakenDown(note, said);
        }
        removeLeft(said);
        return all;
    }

    private boolean isTakenDown(Path note, Consumer<String> said) {
        try {
            var keeper = KeptReplica.read(note).flatMap(kept -> sessions.process(kept.session()));
            boolean ended = keeper.map(ReplicaSessions::ends).orElse(true);
            keeper.ifPresent(process -> said.accept(
                    ended
                            ? "ended the replica that process " + process.pid() + " kept"
                            : "process " + process.pid() + " did not end within " + END_LIMIT.toSeconds() + " s"));
            if (ended) {
                note.toFile().delete();
            }
            return ended;
        } catch (UncheckedIOException unreadable) {
            said.accept(unreadable.getMessage());
            return false;
        }
    }

    private static boolean ends(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<Path> notes() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the notes of kept replicas cannot be read from " + folder, e);
        }
    }

    private Path note(String name) {
        return folder.resolve(name + ".json");
    }
}
