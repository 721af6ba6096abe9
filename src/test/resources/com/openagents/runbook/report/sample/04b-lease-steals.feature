@section-4b @check
Feature: 4.B Lease steals spike
  Leases move when pods die. They should not move when pods live.

  @statement:4B.2 @severity:high
  Scenario: The janitor leaves no stale lease behind
    Given the leases of runs that are not finished
    Then no lease has been expired for longer than two janitor cycles
    And no run was given up by the janitor within the last 15 minutes

  @statement:4B.3 @severity:medium
  Scenario: Only the control plane and the runtime itself reach a runtime pod
    Given the network policy "runtime-ingress"
    Then its rules are those of the runbook
