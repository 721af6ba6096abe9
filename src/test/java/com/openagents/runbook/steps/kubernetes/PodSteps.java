package com.openagents.runbook.steps.kubernetes;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.kubernetes.ClusterThresholds;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;

@Needs(SystemName.KUBERNETES)
public final class PodSteps {
    private final Systems systems;
    private final ClusterThresholds thresholds;

    public PodSteps(Systems systems, ClusterThresholds thresholds) {
        this.systems = systems;
        this.thresholds = thresholds;
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.PODS, Right.ROLLOUT})
    @Given("as many runtime pods as the StatefulSet asks for")
    public void asManyAsWanted() {
        var rollout = systems.kubernetes().rollout("the number of replicas it asks for");
        var pods = systems.kubernetes().runtimePods(rollout.wanted() + " pods");
        assertThat(pods).areAsManyAs(rollout);
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.PODS)
    @Given("runtime pods")
    public void pods() {
        assertThat(systems.kubernetes().runtimePods("at least one")).exist();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.PODS)
    @Then("every runtime pod is running and ready")
    public void ready() {
        assertThat(systems.kubernetes().runtimePods("all Running and Ready")).areReady();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.PODS)
    @Then("no runtime pod is waiting to start")
    public void notWaiting() {
        assertThat(systems.kubernetes().runtimePods("no container waiting")).areNotWaiting();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.PODS)
    @Then("no runtime pod was killed for memory within the restart window")
    public void notKilledForMemory() {
        var window = thresholds.restartWindow();
        assertThat(systems.kubernetes().runtimePods("no last exit OOMKilled within " + Ago.text(window)))
                .haveNotBeenKilledForMemoryWithin(window);
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.PODS)
    @Then("no runtime pod restarted within the restart window")
    public void notRestarted() {
        var window = thresholds.restartWindow();
        assertThat(systems.kubernetes().runtimePods("no restart within " + Ago.text(window)))
                .haveNotRestartedWithin(window);
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.PODS)
    @Then("no runtime pod is stuck terminating")
    public void notStuckTerminating() {
        var grace = thresholds.terminatingGrace();
        assertThat(systems.kubernetes().runtimePods("gone at most " + Ago.text(grace) + " after the grace period"))
                .areNotStuckTerminatingFor(grace);
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.BUDGET)
    @Then("the disruption budget of the runtime is met")
    public void budgetIsMet() {
        assertThat(systems.kubernetes().disruptionBudget("healthy pods at least as many as needed"))
                .isMet();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.PODS)
    @Then("all runtime pods run one image")
    public void oneImage() {
        assertThat(systems.kubernetes().runtimePods("one image")).runOneImage();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.PODS)
    @Then("all runtime pods run one image digest")
    public void oneImageDigest() {
        assertThat(systems.kubernetes().runtimePods("one image digest")).runOneImageDigest();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.PODS)
    @Then("all runtime pods are of one revision")
    public void oneRevision() {
        assertThat(systems.kubernetes().runtimePods("one revision")).areOfOneRevision();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.ROLLOUT)
    @Then("the newest rollout of the runtime is complete")
    public void rolloutIsComplete() {
        assertThat(systems.kubernetes().rollout("every pod updated")).isComplete();
    }

    @Needs(
            value = SystemName.KUBERNETES,
            rights = {Right.PODS, Right.ROUTING})
    @Then("the Service of the runtime routes to every ready pod")
    public void routesToEveryReadyPod() {
        var pods = systems.kubernetes().runtimePods("the ready ones");
        assertThat(systems.kubernetes().routing("a ready endpoint for each ready pod"))
                .reachesEveryReadyPodOf(pods);
    }
}
