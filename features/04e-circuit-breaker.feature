# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 4E.1 f151bc49
# 4E.2 abf0026b
@section-4E @check
Feature: 4E Circuit breaker open
  Pods have stopped calling a provider: does it really fail, and do receipts say who did the work instead?
  Each pod is asked to read one public issue; nothing is changed.

  @exit-criterion @alert @statement:4E.1 @severity:critical
  Scenario: The alert on circuit breakers is quiet
    Then the alert on circuit breakers is quiet

  @exit-criterion @statement:4E.1 @severity:critical
  Scenario: No circuit breaker is open
    Then no circuit breaker is open
    And pods stop calling a provider that keeps failing

  @exit-criterion @statement:4E.2 @severity:high
  Scenario: A fallback that was used is visible in the receipt
    Then every fallback that was used stands in its receipt
