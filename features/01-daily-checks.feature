# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 1.1 0c5dd239
# 1.2 e91ef97c
# 1.3 5c310674
@section-1 @check
Feature: 1 Daily checks
  What on-call looks at every morning: is the runtime healthy, does it scale calmly,
  and did the last deploy prove itself?

  @statement:1.1 @severity:critical
  Scenario: Every runtime pod is healthy
    Given as many runtime pods as the StatefulSet asks for
    Then no runtime pod is stuck terminating
    And no runtime pod is waiting to start
    And every runtime pod is running and ready
    And no runtime pod was killed for memory within the restart window
    And no runtime pod restarted within the restart window
    And the disruption budget of the runtime is met

  @statement:1.1 @severity:high
  Scenario: Every runtime pod runs the same release
    Given runtime pods
    Then all runtime pods run one image
    And all runtime pods run one image digest
    And all runtime pods are of one revision

  @statement:1.1 @severity:high
  Scenario: The newest rollout has reached every pod
    Then the newest rollout of the runtime is complete

  @statement:1.1 @severity:critical
  Scenario: The Service routes to every ready pod
    Then the Service of the runtime routes to every ready pod

  @statement:1.2 @severity:high
  Scenario: The autoscaler works
    Then the autoscaler is able to scale
    And the autoscaler is active
    And the autoscaler reads its metric

  @statement:1.2 @severity:high
  Scenario: The autoscaler has what it wants and room to grow
    Then the number of replicas is within the bounds of the autoscaler
    And the autoscaler has as many replicas as it wants
    And the autoscaler is not at its maximum

  @statement:1.2 @severity:medium
  Scenario: The autoscaler is calm
    Then the autoscaler rescaled no more often than is calm

  @statement:1.3 @severity:critical
  Scenario: The newest smoke run proves the release that runs
    Given a smoke run is on record
    Then the newest smoke run is complete
    And the newest smoke run tested the image that the StatefulSet runs
    And the newest smoke run finished after the newest rollout
