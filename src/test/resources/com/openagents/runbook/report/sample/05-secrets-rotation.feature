@section-5 @drill
Feature: 5 Secrets rotation
  Rotating a secret that nobody noticed is the point of the exercise.

  @statement:5.3 @severity:critical
  Scenario: A rotated signature secret locks out tokens signed with the old one
    Given a steady state: all runtime pods ready, internal API answers 200
    When the signature secret is rotated and the pods are restarted
    Then a token signed with the new secret is accepted by every pod
    But a token signed with the old secret is refused with 401
