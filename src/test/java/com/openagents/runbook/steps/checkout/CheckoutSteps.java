package com.openagents.runbook.steps.checkout;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.checkout.CheckoutCommand;
import com.openagents.runbook.system.checkout.CommandRun;
import com.openagents.runbook.system.checkout.DrillReport;
import io.cucumber.java.ParameterType;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Sections 8 and 9 in a working copy of the repository. Public because Cucumber passes over glue that is not. */
@Needs(SystemName.CHECKOUT)
public final class CheckoutSteps {
    private final Systems systems;
    private CommandRun run;
    private DrillReport drills;

    public CheckoutSteps(Systems systems) {
        this.systems = systems;
    }

    @ParameterType("mix test|mix runtime.contract.check|mix ci"
            + "|the test of the (?:job manifests|network policy|smoke check)")
    public CheckoutCommand task(String words) {
        return switch (words) {
            case "mix test" -> CheckoutCommand.TEST;
            case "mix runtime.contract.check" -> CheckoutCommand.CONTRACT_CHECK;
            case "mix ci" -> CheckoutCommand.CI;
            case "the test of the job manifests" -> CheckoutCommand.JOBS_ASSETS_TEST;
            case "the test of the network policy" -> CheckoutCommand.NETWORK_POLICY_ASSETS_TEST;
            default -> CheckoutCommand.SMOKE_TEST;
        };
    }

    @When("{task} runs in the working copy")
    public void runs(CheckoutCommand command) {
        run = systems.checkout().run(command);
    }

    @Given("a test database of the working copy's own")
    public void ownTestDatabase() {
        assertThat(systems.checkout().run(CheckoutCommand.CREATE_DATABASE)).succeeded();
    }

    @When("mix ecto.migrate runs in it")
    public void migrates() {
        run = systems.checkout().run(CheckoutCommand.MIGRATE);
    }

    @When("mix ecto.create runs for a test database of the working copy's own")
    public void createsTestDatabase() {
        run = systems.checkout().run(CheckoutCommand.CREATE_DATABASE);
    }

    @When("the restart and reconnect drills run in the working copy")
    public void drillsRun() {
        drills = systems.checkout().runDrills();
    }

    @Then("the command succeeds")
    public void succeeds() {
        assertThat(run).succeeded();
    }

    @Then("the command says {string}")
    public void says(String text) {
        assertThat(run).printed(text);
    }

    @Then("it says that the database is there")
    public void databaseIsThere() {
        assertThat(run).madeOrFoundTheDatabase();
    }

    @Then("no test fails")
    public void noTestFails() {
        assertThat(run).hasNoFailedTest();
    }

    @Then("every artifact of the drills is there")
    public void artifactsAreThere() {
        assertThat(drills).hasEveryArtifact();
    }

    @Then("no drill failed")
    public void noDrillFailed() {
        assertThat(drills).allowsPromotion();
    }

    @Then("the documents of the drills are in the working copy")
    public void documentsAreThere() {
        assertThat(systems.checkout().drillDocuments()).areThere();
    }

    @Then("the latest report of the drills allows a promotion")
    public void reportAllowsPromotion() {
        assertThat(systems.checkout().drillDocuments()).reportNoFailure();
    }
}
