# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 2.1 f879c493
# 2.2 c491f95c
# 2.3 0c6f9c36
@section-2 @check
Feature: 2 Observability surfaces
  Can on-call believe what is shown and what is silent? A rule that cannot fire and a panel that cannot show anything
  look exactly like a healthy system.

  @statement:2.1 @severity:medium
  Scenario: The operations dashboard is complete
    Given the operations dashboard
    Then it has these panels
      | Executor p95 Run Duration (ms)                |
      | Runtime 5xx Rate                              |
      | Stream Completion Ratio ([DONE]/session)      |
      | Lease Steal Rate                              |
      | Tool Terminal Failures                        |
      | Provider Circuit Breaker Open                 |
      | Spend/Policy Denial Ratio                     |
      | Khala Projection Writes/s                     |
      | Khala Projection Lag p95 (events)             |
      | Khala Projection Write Failure Ratio          |
      | Khala Projection Drift Incidents (10m)        |
      | Khala Projection Replay Errors (15m)          |
      | Khala Token Mint Failure Ratio                |
      | Khala Projection Hash Mismatch Incidents (10m) |
      | Sync Socket Auth Failure Ratio                |
      | Sync Socket Timeout Rate                      |
      | Sync Stale Cursor Incidents (10m)             |
    And every panel has a query

  @statement:2.2 @severity:critical
  Scenario: Every alert rule is evaluated without error
    Given the alert rules that Prometheus evaluates
    Then every alert rule is healthy

  @statement:2.1 @statement:2.2 @severity:critical
  Scenario: Rules and panels see what they watch
    Given the alert rules that Prometheus evaluates
    And the operations dashboard
    Then every metric and label that a rule or a panel uses exists in the running system
    And every panel shows data

  @statement:2.2 @severity:critical
  Scenario: Every scrape target is up
    Then every scrape target is up
    And every ready runtime pod is scraped

  @statement:2.2 @severity:critical
  Scenario: Alerts reach the Alertmanager
    Then Prometheus hands its alerts to an Alertmanager
    And the Alertmanager answers

  @statement:2.2 @statement:2.3 @severity:high
  Scenario: Every alert of the matrix is loaded as the matrix says
    Given the alert rules that Prometheus evaluates
    Then they are these
      | alert                                                   | threshold | for | severity |
      | OpenAgentsRuntimeExecutorLatencyP95High                  | > 5000    | 10m | warning  |
      | OpenAgentsRuntimeHttp5xxRateHigh                         | > 0.02    | 10m | warning  |
      | OpenAgentsRuntimeStreamDoneRatioLow                      | < 0.95    | 15m | warning  |
      | OpenAgentsRuntimeLeaseStealRateHigh                      | > 0.05    | 10m | warning  |
      | OpenAgentsRuntimeToolFailureSpike                        | > 0.2     | 10m | warning  |
      | OpenAgentsRuntimeCircuitBreakerOpen                      | > 0       | 5m  | critical |
      | OpenAgentsRuntimePolicyDenialAnomaly                     | > 0.05    | 10m | warning  |
      | OpenAgentsRuntimeKhalaProjectionLagP95High               | > 25      | 10m | warning  |
      | OpenAgentsRuntimeKhalaProjectionWriteFailureRatioHigh    | > 0.01    | 10m | critical |
      | OpenAgentsRuntimeKhalaProjectionDriftIncidentsHigh       | > 3       | 5m  | warning  |
      | OpenAgentsRuntimeKhalaProjectionHashMismatchDetected     | > 0       | 5m  | critical |
      | OpenAgentsRuntimeKhalaProjectionReplayFailures           | > 0       | 5m  | critical |
      | OpenAgentsRuntimeSyncSocketAuthFailureRatioHigh          | > 0.05    | 10m | warning  |
      | OpenAgentsRuntimeSyncSocketTimeoutRateHigh               | > 0.05    | 10m | warning  |
      | OpenAgentsRuntimeSyncStaleCursorSpike                    | > 20      | 5m  | warning  |
      | OpenAgentsKhalaTokenMintFailureRatioHigh                 | > 0.01    | 15m | warning  |

  @statement:2.3 @severity:high
  Scenario: Every alert leads to what to do
    Given the alert rules that Prometheus evaluates
    Then the runbook link of every alert resolves to a heading
