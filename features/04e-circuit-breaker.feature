@section-4E @check
Feature: 4E Circuit breaker open
  Calls to a provider are refused without being tried: is the provider really down?

  @section-4C @statement:4C.3 @statement:4E.1 @severity:critical @control:SOC2-CC7.2
  Scenario: Every provider is called, and answers
    Then no circuit breaker is open
