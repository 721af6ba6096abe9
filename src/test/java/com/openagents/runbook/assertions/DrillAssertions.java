package com.openagents.runbook.assertions;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.safety.ClientsReport;
import com.openagents.runbook.safety.GateResult;
import com.openagents.runbook.safety.PutBack;
import com.openagents.runbook.system.Awaited;
import com.openagents.runbook.system.controlplane.InternalAnswer;
import com.openagents.runbook.system.controlplane.MintAnswer;
import com.openagents.runbook.system.database.AppliedMigrations;
import com.openagents.runbook.system.database.LoginAnswer;
import com.openagents.runbook.system.database.RunProgress;
import com.openagents.runbook.system.kubernetes.DisruptionBudget;
import com.openagents.runbook.system.kubernetes.Kubectl;
import com.openagents.runbook.system.kubernetes.RuntimePods;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Entry points for what drills change and what comes of it. */
public final class DrillAssertions {
    private static final int TOO_MANY_REQUESTS = 429;

    private DrillAssertions() {}

    public static PutBackAssert assertThat(PutBack actual) {
        return new PutBackAssert(actual);
    }

    public static ClientsReportAssert assertThat(ClientsReport actual) {
        return new ClientsReportAssert(actual);
    }

    public static GateResultAssert assertThatGate(GateResult actual, Kubectl kubectl) {
        return new GateResultAssert(actual, kubectl);
    }

    /**
     * That a run went on after its pod was killed.
     *
     * @param now how far it has come, or the last that was seen of it
     */
    public static void assertWentOn(RunProgress before, Awaited<RunProgress> now) {
        if (!now.came()) {
            throw new FindingError(new Finding(
                    "A run goes on when the pod that executes it is killed",
                    now.words(),
                    List.of("run " + before.runId() + "   " + before.status() + ", event " + before.latestSequence()
                            + ", lease of " + before.leaseOwner()),
                    "8.5",
                    "do not promote this release; look at the janitor and at leases that nobody takes over (4B)",
                    before.command()));
        }
    }

    /** That the budget keeps a second pod while the first is away. */
    public static void assertKept(int answer, DisruptionBudget budget) {
        if (answer != TOO_MANY_REQUESTS) {
            throw new FindingError(new Finding(
                    "The disruption budget keeps a second pod while the first is away",
                    "the second eviction was answered with " + answer,
                    List.of(),
                    "1.3",
                    "compare minAvailable of the disruption budget with the number of pods",
                    budget.kubectl().command("describe pdb runtime")));
        }
    }

    /** That a password that was rotated away lets nobody in. */
    public static void assertRefused(LoginAnswer login) {
        if (!login.refused()) {
            throw new FindingError(new Finding(
                    "The old password of the database is refused",
                    "the login of " + login.user() + " with it: " + login.words(),
                    List.of(),
                    "5.4",
                    "look whether the password of the role was really changed, and which rule of pg_hba.conf lets it in",
                    login.command()));
        }
    }

    /** That the token mint has switched to a key. */
    public static void assertKeyOfFreshTokens(MintAnswer minted, String keyId) {
        if (minted.token().isEmpty() || !minted.keyId().equals(keyId)) {
            throw new FindingError(new Finding(
                    "A freshly minted token names key " + keyId,
                    minted.token().isEmpty()
                            ? "the mint answered " + minted.status() + " " + minted.code()
                            : "it names " + minted.keyId(),
                    List.of(),
                    "5.3",
                    "look which key the mint signs with, and whether it is switched on",
                    minted.command()));
        }
    }

    /** That the control plane does not trust a secret any more. */
    public static void assertRefusedByControlPlane(InternalAnswer answer) {
        if (!answer.refused()) {
            throw new FindingError(new Finding(
                    "The control plane refuses what is signed with the old internal shared secret",
                    "it answered " + answer.words(),
                    List.of(),
                    "5.4",
                    "look whether the control plane was restarted with the new secret, and whether it keeps an older one",
                    answer.command()));
        }
    }

    /** That the control plane trusts a secret. */
    public static void assertTrustedByControlPlane(InternalAnswer answer) {
        if (answer.refused()) {
            throw new FindingError(new Finding(
                    "The control plane accepts what is signed with the internal shared secret",
                    "it answered " + answer.words(),
                    List.of(),
                    "5.4",
                    "compare the secret of the pods with that of the control plane",
                    answer.command()));
        }
    }

    /** That a migration was taken back, or is there again. */
    public static void assertApplied(AppliedMigrations migrations, long version, boolean applied) {
        if (migrations.versions().contains(version) != applied) {
            throw new FindingError(new Finding(
                    "Migration " + version + (applied ? " is applied again" : " is rolled back"),
                    applied ? "it is pending" : "it is applied still",
                    List.of("database " + migrations.database() + "   "
                            + migrations.versions().size() + " applied"),
                    "7.2",
                    "look at the log of the Job, and at what the migration does when it is taken back",
                    migrations.command()));
        }
    }

    /**
     * That the runtime became steady after a change.
     *
     * @param problem what is not steady after the limit
     * @param seen looks at the pods, where there is a problem
     */
    public static void assertSteady(Optional<String> problem, String statement, Supplier<RuntimePods> seen) {
        problem.ifPresent(words -> {
            var pods = seen.get();
            throw new FindingError(new Finding(
                    "The runtime is steady again after the change",
                    words,
                    pods.pods().stream()
                            .map(pod -> pod.name() + "   " + pod.state(pods.at()))
                            .toList(),
                    statement,
                    "check runtime pod health and restarts; the drill puts everything back",
                    pods.kubectl().command("rollout status statefulset/runtime")));
        });
    }

    /** That every pod runs this image and no other. */
    public static void assertThatAllRun(RuntimePods pods, String image, String statement) {
        List<String> others = pods.pods().stream()
                .filter(pod -> !pod.image().equals(image))
                .map(pod -> pod.name() + "   " + pod.image())
                .toList();
        if (!others.isEmpty() || pods.pods().isEmpty()) {
            throw new FindingError(new Finding(
                    "Every pod runs " + image,
                    others.size() + " of " + pods.pods().size() + " do not",
                    others,
                    statement,
                    "look whether both releases have the same image reference, or the update strategy holds pods back",
                    pods.kubectl().command("get pods -l app=runtime -o wide")));
        }
    }
}
