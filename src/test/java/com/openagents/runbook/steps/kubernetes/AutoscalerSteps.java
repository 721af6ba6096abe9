package com.openagents.runbook.steps.kubernetes;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.kubernetes.ClusterThresholds;
import io.cucumber.java.en.Then;

@Needs(value = SystemName.KUBERNETES, rights = Right.AUTOSCALER)
public final class AutoscalerSteps {
    private final Systems systems;
    private final ClusterThresholds thresholds;

    public AutoscalerSteps(Systems systems, ClusterThresholds thresholds) {
        this.systems = systems;
        this.thresholds = thresholds;
    }

    @Then("the autoscaler is able to scale")
    public void isAbleToScale() {
        assertThat(systems.kubernetes().autoscaler("AbleToScale is True")).isAbleToScale();
    }

    @Then("the autoscaler is active")
    public void isActive() {
        assertThat(systems.kubernetes().autoscaler("ScalingActive is True")).isActive();
    }

    @Then("the autoscaler reads its metric")
    public void readsItsMetric() {
        assertThat(systems.kubernetes().autoscaler("a current CPU utilisation")).readsItsMetric();
    }

    @Then("the number of replicas is within the bounds of the autoscaler")
    public void isWithinItsBounds() {
        assertThat(systems.kubernetes().autoscaler("current replicas within the bounds"))
                .isWithinItsBounds();
    }

    @Then("the autoscaler has as many replicas as it wants")
    public void isAtRest() {
        assertThat(systems.kubernetes().autoscaler("current replicas = desired replicas"))
                .isAtRest();
    }

    @Then("the autoscaler is not at its maximum")
    public void hasRoomToGrow() {
        assertThat(systems.kubernetes().autoscaler("current replicas below the maximum"))
                .hasRoomToGrow();
    }

    @Then("the autoscaler rescaled no more often than is calm")
    public void isCalm() {
        int times = thresholds.rescales();
        var window = thresholds.rescaleWindow();
        assertThat(systems.kubernetes().autoscaler("at most " + times + " rescales within " + Ago.text(window)))
                .hasRescaledAtMost(times, window);
    }
}
