@section-1 @check
Feature: 1 Daily checks
  What on-call looks at every morning: is the runtime healthy, does it scale calmly,
  and did the last deploy prove itself?

  @statement:1.1 @severity:critical
  Scenario: Every runtime pod is healthy
    Given as many runtime pods as the StatefulSet asks for
    Then every runtime pod is ready
    And no runtime pod is waiting to start
    And no runtime pod restarted within the last hour

  @statement:1.2 @severity:high
  Scenario: The autoscaler is calm
    Given the autoscaler can read its metrics and may scale
    Then it runs as many pods as it wants
    And it is within its bounds and not at the upper one

  @statement:1.3 @severity:high
  Scenario: The latest smoke run is complete
    Given the smoke Job exists
    Then its condition Complete is True
    And it ran the image that the StatefulSet runs
