package com.openagents.runbook.steps.drill;

import static com.openagents.runbook.assertions.DrillAssertions.assertSteady;
import static com.openagents.runbook.assertions.DrillAssertions.assertThat;

import com.openagents.runbook.safety.ScenarioDrill;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.time.Duration;

/** How every drill begins and ends, whatever it changes. */
public final class DrillSteps {
    /** What a rollback is for: nothing is left changed (runbook 7.1). */
    private static final String STATEMENT = "7.1";

    private final ScenarioDrill scenario;
    private final Systems systems;

    public DrillSteps(ScenarioDrill scenario, Systems systems) {
        this.scenario = scenario;
        this.systems = systems;
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.DRILL)
    @Given("the runtime is steady")
    public void begin() {
        scenario.begin();
    }

    @Needs({SystemName.RUNTIME, SystemName.CONTROL_PLANE, SystemName.DATABASE})
    @Given("clients use the runtime")
    public void clientsBegin() {
        scenario.beginClients();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.PODS)
    @Then("the runtime is steady again")
    public void steadyAgain() {
        var problem = scenario.drill().awaitSteady();
        var pods = systems.kubernetes().runtimePods("all ready");
        assertSteady(problem, "3.2", () -> pods);
    }

    /** What is lost by what is new after the change shows only once that is used. */
    @Then("the clients go on for {int} seconds")
    public void clientsGoOn(int seconds) {
        scenario.keepClients(Duration.ofSeconds(seconds));
    }

    @Then("no client lost an update or saw one twice")
    public void clientsSawEverything() {
        assertThat(scenario.stopClients()).sawEverythingOnce();
        scenario.requireAnotherRun();
    }

    @Needs(value = SystemName.KUBERNETES, rights = Right.DRILL)
    @Then("everything is put back")
    public void putBack() {
        assertThat(scenario.drill().putBack()).isWhole(STATEMENT);
    }

    @After("@drill")
    public void end() {
        scenario.end().ifPresent(putBack -> assertThat(putBack).isWhole(STATEMENT));
    }
}
