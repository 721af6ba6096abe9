package com.openagents.runbook.triage;

import com.openagents.runbook.system.alertmanager.HeldAlerts;
import com.openagents.runbook.system.database.Activity;
import com.openagents.runbook.system.database.ServerAnswer;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.kubernetes.Autoscaler;
import com.openagents.runbook.system.kubernetes.GateRun;
import com.openagents.runbook.system.kubernetes.LogTally;
import com.openagents.runbook.system.kubernetes.Rollout;
import com.openagents.runbook.system.kubernetes.Routing;
import com.openagents.runbook.system.kubernetes.RuntimePods;
import com.openagents.runbook.system.kubernetes.WarningEvents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Everything that was asked, each thing answered or with the reason why not. */
record Seen(
        Got<HeldAlerts> alerts,
        Got<RuntimePods> pods,
        Got<Rollout> rollout,
        Got<Routing> routing,
        Got<Autoscaler> autoscaler,
        Got<GateRun> migration,
        Got<GateRun> smoke,
        Got<WarningEvents> warnings,
        Got<LogTally> logs,
        Got<Map<String, Answer>> metrics,
        Got<ServerAnswer> server,
        Got<Activity> activity) {

    /**
     * @param what what was asked for, in words
     * @param why why there is no answer, empty if there is one
     */
    record Got<T>(String what, Optional<T> value, String why) {
        boolean isMissing() {
            return value.isEmpty();
        }

        /** What the value says, or nothing. */
        <R> Optional<R> map(Function<T, R> question) {
            return value.map(question);
        }
    }

    List<Got<?>> all() {
        return List.of(
                alerts,
                pods,
                rollout,
                routing,
                autoscaler,
                migration,
                smoke,
                warnings,
                logs,
                metrics,
                server,
                activity);
    }

    List<Got<?>> missing() {
        return all().stream().filter(Got::isMissing).toList();
    }
}
