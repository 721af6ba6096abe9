# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 5.1 6cdc0cf8
# 5.2 a21d96b3
# 5.3 95e63bed
# 5.4 c3195b9d
# 6.2 165b223b
@section-5 @check
Feature: 5 Secrets rotation
  Does the runtime have its secrets, do pods and jobs take them from one place, and did the
  last change of them reach every pod and pass the gate?

  @statement:5.1 @severity:critical
  Scenario: The runtime has its secrets
    Then the secrets DATABASE_URL, SECRET_KEY_BASE and RUNTIME_SIGNATURE_SECRET are set

  @statement:5.1 @severity:high
  Scenario: The sync socket trusts a key of ours only
    Then the sync key and its id are set
    And the runtime pods take the sync key and its id from the Kubernetes Secret

  @statement:5.2 @severity:critical
  Scenario: The pods take every secret from the Kubernetes Secret
    Then the runtime pods take DATABASE_URL, SECRET_KEY_BASE and RUNTIME_SIGNATURE_SECRET from the Kubernetes Secret

  @statement:5.2 @severity:high
  Scenario: The jobs of the gate take every secret from the Kubernetes Secret
    Then the gate takes DATABASE_URL, SECRET_KEY_BASE and RUNTIME_SIGNATURE_SECRET from the Kubernetes Secret

  @statement:5.3 @severity:critical
  Scenario: Every pod started after the secrets last changed
    Then every runtime pod started after the secrets last changed

  @section-6 @statement:5.3 @statement:6.2 @severity:high
  Scenario: The smoke gate ran after the secrets last changed
    Given a smoke run is on record
    Then the newest smoke run finished after the secrets last changed

  @statement:5.4 @severity:critical
  Scenario: Every pod accepts what is signed with the signature secret, and nothing else
    Then every runtime pod accepts a request signed with the signature secret
    And every runtime pod lets a request signed with the signature secret through to the stream path
    And every runtime pod refuses a request signed with another secret

  @statement:5.4 @severity:critical
  Scenario: Every pod opens a sync socket for a token of the sync key, and for no other
    Then every runtime pod opens a sync socket for a token of the sync key
    And every runtime pod refuses a sync token of an unknown key
    And every runtime pod refuses a sync token that is signed with another key

  @statement:5.4 @severity:critical
  Scenario: Every pod reaches the database with the password it has
    Then every runtime pod answers from the database
