package com.openagents.runbook.assertions;

import com.openagents.runbook.system.checkout.CommandRun;
import com.openagents.runbook.system.checkout.DrillDocuments;
import com.openagents.runbook.system.checkout.DrillReport;
import com.openagents.runbook.system.cloudrun.DeployReceipt;
import com.openagents.runbook.system.cloudrun.MigrationHistory;
import com.openagents.runbook.system.cloudrun.MigrationJob;
import com.openagents.runbook.system.cloudrun.ServiceState;
import com.openagents.runbook.system.controlplane.MintAnswer;
import com.openagents.runbook.system.database.Activity;
import com.openagents.runbook.system.database.Causes;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.kubernetes.Autoscaler;
import com.openagents.runbook.system.kubernetes.DisruptionBudget;
import com.openagents.runbook.system.kubernetes.GateRun;
import com.openagents.runbook.system.kubernetes.IngressRules;
import com.openagents.runbook.system.kubernetes.LogMatches;
import com.openagents.runbook.system.kubernetes.LogTally;
import com.openagents.runbook.system.kubernetes.Revisions;
import com.openagents.runbook.system.kubernetes.Rollout;
import com.openagents.runbook.system.kubernetes.Routing;
import com.openagents.runbook.system.kubernetes.RuntimePods;
import com.openagents.runbook.system.kubernetes.RuntimeSecret;
import com.openagents.runbook.system.kubernetes.SecretUse;
import com.openagents.runbook.system.runtime.PodMetrics;
import com.openagents.runbook.system.sync.FirstHeartbeat;
import com.openagents.runbook.system.sync.Handshake;
import com.openagents.runbook.system.sync.Resumption;
import com.openagents.runbook.system.sync.StaleAnswer;
import java.util.List;
import java.util.Map;

/** Entry points, named as AssertJ names its own. */
public final class RunbookAssertions {
    private RunbookAssertions() {}

    public static PodsAssert assertThat(RuntimePods actual) {
        return new PodsAssert(actual);
    }

    public static RolloutAssert assertThat(Rollout actual) {
        return new RolloutAssert(actual);
    }

    public static DisruptionBudgetAssert assertThat(DisruptionBudget actual) {
        return new DisruptionBudgetAssert(actual);
    }

    public static RoutingAssert assertThat(Routing actual) {
        return new RoutingAssert(actual);
    }

    public static AutoscalerAssert assertThat(Autoscaler actual) {
        return new AutoscalerAssert(actual);
    }

    public static RuntimeSecretAssert assertThat(RuntimeSecret actual) {
        return new RuntimeSecretAssert(actual);
    }

    public static SecretUseAssert assertThat(SecretUse actual) {
        return new SecretUseAssert(actual);
    }

    public static RevisionsAssert assertThat(Revisions actual) {
        return new RevisionsAssert(actual);
    }

    public static PodAnswersAssert assertThatPods(Map<String, Answer> actual) {
        return new PodAnswersAssert(actual);
    }

    public static PodHandshakesAssert assertThatSockets(Map<String, Handshake> actual) {
        return new PodHandshakesAssert(actual);
    }

    public static GateRunAssert assertThat(GateRun actual) {
        return new GateRunAssert(actual);
    }

    public static LogMatchesAssert assertThat(LogMatches actual) {
        return new LogMatchesAssert(actual);
    }

    public static ActivityAssert assertThat(Activity actual) {
        return new ActivityAssert(actual);
    }

    public static LogTallyAssert assertThat(LogTally actual) {
        return new LogTallyAssert(actual);
    }

    public static CommandRunAssert assertThat(CommandRun actual) {
        return new CommandRunAssert(actual);
    }

    public static DrillReportAssert assertThat(DrillReport actual) {
        return new DrillReportAssert(actual);
    }

    public static DrillDocumentsAssert assertThat(DrillDocuments actual) {
        return new DrillDocumentsAssert(actual);
    }

    public static CausesAssert assertThat(Causes actual) {
        return new CausesAssert(actual);
    }

    public static IngressRulesAssert assertThat(IngressRules actual) {
        return new IngressRulesAssert(actual);
    }

    public static StreamEndingsAssert assertThatStreams(PodMetrics actual) {
        return new StreamEndingsAssert(actual);
    }

    public static ProviderAnswersAssert assertThatProviderCalls(Map<String, Answer> actual) {
        return new ProviderAnswersAssert(actual);
    }

    public static RefusalCountsAssert assertThatRefusals(PodMetrics actual) {
        return new RefusalCountsAssert(actual);
    }

    public static MintAnswerAssert assertThat(MintAnswer actual) {
        return new MintAnswerAssert(actual);
    }

    public static FirstHeartbeatAssert assertThatHeartbeat(FirstHeartbeat actual) {
        return new FirstHeartbeatAssert(actual);
    }

    public static ResumptionsAssert assertThatResumptions(List<Resumption> actual) {
        return new ResumptionsAssert(actual);
    }

    public static StaleAnswersAssert assertThatStaleAnswers(List<StaleAnswer> actual) {
        return new StaleAnswersAssert(actual);
    }

    public static CloudRunServiceAssert assertThat(ServiceState actual) {
        return new CloudRunServiceAssert(actual);
    }

    public static MigrationJobAssert assertThat(MigrationJob actual) {
        return new MigrationJobAssert(actual);
    }

    public static MigrationHistoryAssert assertThat(MigrationHistory actual) {
        return new MigrationHistoryAssert(actual);
    }

    public static DeployReceiptAssert assertThat(DeployReceipt actual) {
        return new DeployReceiptAssert(actual);
    }
}
