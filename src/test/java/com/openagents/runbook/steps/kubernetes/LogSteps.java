package com.openagents.runbook.steps.kubernetes;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.kubernetes.LogTally;
import io.cucumber.java.en.Then;
import java.time.Duration;

/** The logs that sections 4A to 4C look into. */
@Needs(value = SystemName.KUBERNETES, rights = Right.LOGS)
public final class LogSteps {
    private final Systems systems;

    public LogSteps(Systems systems) {
        this.systems = systems;
    }

    @Then("the logs of the last {int} minutes can be read from every runtime pod")
    public void canBeRead(int minutes) {
        assertThat(logs(minutes, "each read to its end, none empty")).canBeRead();
    }

    @Then("at most {int} percent of the lines of the last {int} minutes are errors")
    public void notFullOfErrors(int percent, int minutes) {
        assertThat(logs(minutes, "at most " + percent + "% at level error")).areNotFullOfErrors(percent);
    }

    @Needs(value = SystemName.KUBERNETES, traffic = true)
    @Then("the logs of the last {int} minutes tell how streams ended")
    public void tellOfStreams(int minutes) {
        assertThat(logs(minutes, "an outcome where streams were opened")).tellOfStreams();
    }

    @Needs(value = SystemName.KUBERNETES, traffic = true)
    @Then("the logs of the last {int} minutes tell what happened to leases")
    public void tellOfLeases(int minutes) {
        assertThat(logs(minutes, "an outcome where frames were accepted")).tellOfLeases();
    }

    @Needs(value = SystemName.KUBERNETES, traffic = true)
    @Then("the logs of the last {int} minutes tell how tool calls ended")
    public void tellOfTools(int minutes) {
        assertThat(logs(minutes, "an outcome where tools were called")).tellOfTools();
    }

    private LogTally logs(int minutes, String heldAgainst) {
        return systems.kubernetes().logs(Duration.ofMinutes(minutes), heldAgainst);
    }
}
