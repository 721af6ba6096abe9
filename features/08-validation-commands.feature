# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 8.1 f001a752
# 8.2 30e018ad
# 8.3 d42989bd
# 8.4 4d0a64d8
# 8.5 9e815431
# 8.6 0fc45a62
@section-8 @check @local
Feature: 8 Validation commands
  Before a change leaves a developer's machine: do its checks pass, do the manifests still
  say what the deployment needs, and does the runtime survive restarts and reconnects?

  @slow @statement:8.1 @severity:high
  Scenario: The checks of continuous integration pass
    When mix ci runs in the working copy
    Then no test fails
    And the command succeeds

  @slow @statement:8.2 @severity:high
  Scenario: The test of the job manifests passes
    When the test of the job manifests runs in the working copy
    Then no test fails
    And the command succeeds

  @slow @statement:8.3 @severity:critical
  Scenario: The test of the network policy passes
    When the test of the network policy runs in the working copy
    Then no test fails
    And the command succeeds

  @slow @statement:8.4 @severity:high
  Scenario: The test of the smoke check passes
    When the test of the smoke check runs in the working copy
    Then no test fails
    And the command succeeds

  @slow @statement:8.5 @severity:critical
  Scenario: The restart and reconnect drills allow a promotion
    When the restart and reconnect drills run in the working copy
    Then every artifact of the drills is there
    And no drill failed

  @statement:8.6 @severity:medium
  Scenario: The drills have a document and a latest report
    Then the documents of the drills are in the working copy
    And the latest report of the drills allows a promotion
