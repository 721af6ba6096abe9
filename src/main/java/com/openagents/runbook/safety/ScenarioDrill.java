package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What the steps of one scenario share when they change something: the drill, and the clients that go on meanwhile. */
public final class ScenarioDrill {
    /** How long clients may take to begin another run: a lease of a pod that is gone lasts 30 s (contract 6.1). */
    public static final Duration ANOTHER_RUN = Duration.ofSeconds(45);

    private final Supplier<DrillSession> session;
    private final Supplier<Clients> environment;
    private final EvidenceLog evidence;
    private final Duration anotherRunWithin;
    private Drill drill;
    private Clients clients;
    private ClientsReport report;
    private boolean anotherRun = true;

    /**
     * @param session of the run
     * @param environment lets clients begin
     * @param anotherRunWithin how long they may take to begin another run after the change
     */
    public ScenarioDrill(
            Supplier<DrillSession> session,
            Supplier<Clients> environment,
            EvidenceLog evidence,
            Duration anotherRunWithin) {
        this.session = session;
        this.environment = environment;
        this.evidence = evidence;
        this.anotherRunWithin = anotherRunWithin;
    }

    /** @throws CouldNotCheck if nothing can be changed, or the runtime is not steady */
    public Drill begin() {
        drill = session.get().drill(evidence);
        drill.begin();
        return drill;
    }

    /** @throws CouldNotCheck if it has not begun */
    public Drill drill() {
        if (drill == null) {
            throw new CouldNotCheck("the drill has not begun: it begins with 'Given the runtime is steady'");
        }
        return drill;
    }

    /** In a plan nobody begins, for clients write too. */
    public void beginClients() {
        if (!session.get().onlyPlans()) {
            clients = environment.get();
        }
    }

    /**
     * Keeps them for that time from when one of them has begun another run: until then all of them may wait for leases
     * that a pod held before the change, and nothing that is new would be used.
     *
     * @throws CouldNotCheck if there are none, or if nothing came to them in that time
     */
    public void keepClients(Duration time) {
        requireClients();
        long begunBefore = clients.runsBegun();
        anotherRun = awaitAnotherRun(begunBefore);
        long before = clients.updates();
        Pause.lasting(time, "the clients to use what is new after the change");
        long came = clients.updates() - before;
        evidence.saw(new Evidence(
                "What came to clients in " + time.toSeconds() + " s after the change",
                "runtime",
                "sync clients, and runs with their streams",
                List.of(Map.of(
                        "updates",
                        String.valueOf(came),
                        "runs begun",
                        String.valueOf(clients.runsBegun() - begunBefore))),
                "at least one update and one run",
                Instant.now(),
                Map.of()));
        if (came == 0) {
            throw new CouldNotCheck("nothing came to the clients in " + time.toSeconds()
                    + " s after the change, so nothing shows whether it loses anything: see whether the pods serve,"
                    + " and make the drill again");
        }
    }

    private boolean awaitAnotherRun(long begunBefore) {
        try {
            Awaitility.await("a client to begin another run after the change")
                    .atMost(anotherRunWithin)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> clients.runsBegun() > begunBefore);
            return true;
        } catch (ConditionTimeoutException none) {
            return false;
        }
    }

    /** @throws CouldNotCheck if no client began another run after the change; what it did to those before is judged first */
    public void requireAnotherRun() {
        if (!anotherRun) {
            throw new CouldNotCheck("no client began another run within " + anotherRunWithin.toSeconds()
                    + " s after the change, so nothing shows whether new ones lose anything: see whether runs come to"
                    + " their end, and make the drill again");
        }
    }

    /**
     * What they saw until they were stopped the first time.
     *
     * @throws CouldNotCheck if there are none
     */
    public ClientsReport stopClients() {
        requireClients();
        if (report == null) {
            report = clients.stop();
            evidence.saw(seen(report));
        }
        return report;
    }

    private void requireClients() {
        if (clients == null) {
            throw new CouldNotCheck("no clients used the runtime");
        }
    }

    private static Evidence seen(ClientsReport report) {
        return new Evidence(
                "What clients saw meanwhile",
                "runtime",
                report.syncClients() + " sync clients, workers and runs with their streams",
                List.of(row(report)),
                "nothing lost, nothing twice",
                Instant.now(),
                Map.of());
    }

    private static Map<String, String> row(ClientsReport report) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("runs finished", report.runsFinished() + " of " + report.runsBegun());
        row.put("updates", String.valueOf(report.updates()));
        row.put("lost", String.valueOf(report.lost()));
        row.put("twice", String.valueOf(report.repeated()));
        row.put("sockets resumed", String.valueOf(report.resumes()));
        row.put("catch-up", report.catchUp());
        row.put("recovery of sockets that broke", report.recovery());
        row.put(
                "refused meanwhile",
                report.refusals().isEmpty() ? "nothing" : report.refusals().toString());
        return row;
    }

    /** The end of the scenario, however it ended: what was not put back yet, if anything was begun. */
    public Optional<PutBack> end() {
        if (clients != null) {
            clients.close();
        }
        return Optional.ofNullable(drill).filter(begun -> !begun.isPutBack()).map(Drill::putBack);
    }
}
