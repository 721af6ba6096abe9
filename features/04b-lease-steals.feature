# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 4B.1 7cd67551
@section-4B @check
Feature: 4B Lease steals spike
  Pods take leases from each other: what do the logs say of them, and which pod lost its own?

  @statement:4B.1 @severity:high @control:SOC2-CC7.2
  Scenario: The logs tell what happened to leases
    Then the logs of the last 15 minutes tell what happened to leases

  @statement:4B.2 @severity:high @control:SOC2-A1.1
  Scenario: The pods do not churn
    Then no runtime pod is waiting to start
    And no runtime pod restarted within the restart window

  @statement:4B.3 @severity:critical @control:SOC2-A1.1
  Scenario: The janitor leaves no stale lease behind
    Then no lease of an unfinished run is stale

  @statement:4B.4 @severity:critical @control:SOC2-CC6.6
  Scenario: The network policy is as published
    Then the network policy lets in the runtime pods and their clients, and nobody else
