# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 4B.1 7cd67551
# 4B.2 8f8f1280
# 4B.3 3e85fb9a
# 4B.4 bf16be27
@section-4B @check
Feature: 4B Lease steals spike
  Pods take leases from each other: what do the logs say of them, which pod lost its own, and does
  the janitor bring the runs back? Nothing is started or changed.

  @exit-criterion @alert @statement:4B.2 @severity:high
  Scenario: The alert on lease steals is quiet
    Then the alert on lease steals is quiet

  @statement:4B.1 @severity:high
  Scenario: The logs tell what happened to leases
    Then the logs of the last 15 minutes tell what happened to leases

  @statement:4B.2 @severity:high
  Scenario: The pods do not churn
    Then no runtime pod is waiting to start
    And no runtime pod restarted within the restart window

  @exit-criterion @statement:4B.2 @severity:high
  Scenario: Pods keep their leases
    Then pods keep their leases

  @exit-criterion @statement:4B.3 @severity:critical
  Scenario: The janitor leaves no stale lease behind
    Then no lease waits for the janitor longer than its round and cool-down take

  @exit-criterion @statement:4B.3 @severity:high
  Scenario: The janitor brings back the runs that pods lost
    Then no run was given up by the janitor

  @statement:4B.4 @severity:high
  Scenario: The network policy lets in whom it should
    Then the network policy lets the runtime pods reach each other
    And the network policy lets the control plane and HTTP clients in

  @statement:4B.4 @severity:critical
  Scenario: The network policy keeps everybody else out
    Then the network policy keeps everybody else out
