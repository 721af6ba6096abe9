# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 4B.1 7cd67551
@section-4B @check
Feature: 4B Lease steals spike
  Pods take leases from each other: what do the logs say of them, and which pod lost its own?

  @statement:4B.1 @severity:high @control:SOC2-CC7.2
  Scenario: The logs tell what happened to leases
    Then the logs of the last 15 minutes tell what happened to leases
