package com.openagents.runbook.replica.runtime.release;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.telemetry.Metrics;
import com.openagents.runbook.replica.runtime.telemetry.SystemMetrics;
import java.io.PrintStream;
import java.util.regex.Pattern;

/** The expressions that the Jobs evaluate; anything else is undefined, as it would be in the release. */
public final class Release {
    private static final Pattern SMOKE = Pattern.compile(
            "OpenAgentsRuntime\\.Deploy\\.Smoke\\.run!\\(base_url: System\\.get_env\\(\"(\\w+)\"\\), tail_ms: (\\d+)\\)");
    private static final Pattern ROLLBACK =
            Pattern.compile("OpenAgentsRuntime\\.Release\\.rollback\\(OpenAgentsRuntime\\.Repo, (\\d+)\\)");
    private static final Pattern CALL = Pattern.compile("([A-Z][\\w.]*)\\.([a-z_]\\w*[!?]?)\\((.*)\\)");

    private final RuntimeConfig config;
    private final PrintStream err;
    private final Log log;

    public Release(RuntimeConfig config, PrintStream out, PrintStream err) {
        this.config = config;
        this.err = err;
        this.log = new Log(out);
    }

    /** Returns the exit status of the command: 0 or 1. */
    public int evaluate(String expression) {
        try {
            run(expression.strip());
            return 0;
        } catch (ReleaseError error) {
            err.println("** (" + error.kind() + ") " + error.getMessage());
            return 1;
        }
    }

    private void run(String expression) throws ReleaseError {
        var smoke = SMOKE.matcher(expression);
        var rollback = ROLLBACK.matcher(expression);
        if (expression.equals("OpenAgentsRuntime.Release.migrate_and_verify!()")) {
            new Migrate(config.database(), log).migrateAndVerify();
        } else if (expression.equals("OpenAgentsRuntime.Release.migrate()")) {
            new Migrate(config.database(), log).migrate();
        } else if (rollback.matches()) {
            new Migrate(config.database(), log).rollback(Long.parseLong(rollback.group(1)));
        } else if (smoke.matches()) {
            smoke(smoke.group(1), Integer.parseInt(smoke.group(2)));
        } else {
            throw undefined(expression);
        }
    }

    private void smoke(String urlVariable, int tailMillis) throws ReleaseError {
        if (config.faults().has(ProcessFaults.SMOKE_NOT_STARTED)) {
            throw new ReleaseError(
                    "RuntimeError",
                    "could not lookup Ecto repo OpenAgentsRuntime.Repo because it was not started or it does not exist");
        }
        var namespace = config.variables().text("POD_NAMESPACE", "default");
        var url = config.variables().text(urlVariable, "http://runtime." + namespace + ".svc.cluster.local");
        try (var database = new Database(config.database(), new SystemMetrics(new Metrics()))) {
            new Smoke(url, tailMillis, database, config.signatureSecret()).run();
        }
        log.info("runtime smoke check passed");
    }

    private static ReleaseError undefined(String expression) {
        var call = CALL.matcher(expression);
        if (!call.matches()) {
            return new ReleaseError("SyntaxError", "nofile:1: syntax error before: " + expression);
        }
        int arity = call.group(3).isBlank() ? 0 : call.group(3).split(",").length;
        return new ReleaseError(
                "UndefinedFunctionError",
                "function " + call.group(1) + "." + call.group(2) + "/" + arity + " is undefined or private");
    }
}
