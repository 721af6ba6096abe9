package com.openagents.runbook.environment;

import com.openagents.runbook.replica.load.Load;
import com.openagents.runbook.replica.load.LoadOptions;
import com.openagents.runbook.replica.load.LoadSummary;
import com.openagents.runbook.replica.load.LoadTarget;
import com.openagents.runbook.safety.Clients;
import com.openagents.runbook.safety.ClientsReport;

/** The clients of a drill, by the traffic that the replica and the benchmark know too. */
final class LoadedClients implements Clients {
    private static final long SEED = 20_260_222;

    private final Load load;
    private final int syncClients;

    private LoadedClients(Load load, int syncClients) {
        this.load = load;
        this.syncClients = syncClients;
    }

    static Clients begin(LoadTarget target, int syncClients) {
        return new LoadedClients(Load.start(target, LoadOptions.underDrill(SEED, syncClients)), syncClients);
    }

    @Override
    public long updates() {
        return updates(load.summary());
    }

    @Override
    public long runsBegun() {
        return load.summary().runsCreated();
    }

    private static long updates(LoadSummary summary) {
        return summary.runEvents() + summary.pushes();
    }

    @Override
    public ClientsReport stop() {
        return report(load.stop());
    }

    private ClientsReport report(LoadSummary summary) {
        return new ClientsReport(
                syncClients,
                summary.runsCreated(),
                summary.runsFinished(),
                updates(summary),
                summary.lostUpdates(),
                summary.repeatedUpdates(),
                summary.syncResumes(),
                summary.catchUp().words(),
                summary.recovery().words(),
                summary.errors());
    }

    @Override
    public void close() {
        load.close();
    }
}
