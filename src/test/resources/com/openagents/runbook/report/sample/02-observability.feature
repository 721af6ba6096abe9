@section-2 @check
Feature: 2 Observability surfaces
  Dashboards and alerts only help if they stand on series that exist.

  @statement:2.2 @severity:medium
  Scenario: Every alert rule stands on a series that exists
    Given the alert rules of group "runtime.slo"
    Then Prometheus knows every metric they name
      | alert                                    | metric                                      |
      | OpenAgentsRuntimeHttp5xxRateHigh         | phoenix_router_dispatch_stop_duration_count |
      | OpenAgentsRuntimeStreamDoneRatioLow      | openagents_runtime_stream_session_count     |
      | OpenAgentsRuntimeLeaseStealRateHigh      | openagents_runtime_lease_operation_count    |

  @statement:2.1 @severity:low
  Scenario: The dashboard has been imported
    Given the dashboard "runtime-ops-dashboard"
    Then each of its 16 panels asks a question Prometheus can answer
