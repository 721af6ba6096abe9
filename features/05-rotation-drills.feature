# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 5.2 a21d96b3
# 5.3 95e63bed
# 5.4 c3195b9d
@section-5 @drill
Feature: 5 Secrets rotation drills
  Each secret is rotated as the runbook says: changed at its source, the pods restarted, the gate rerun. Clients go on
  meanwhile, and at the end everything is as it was.

  @drill:signature-secret @statement:5.2 @statement:5.3 @statement:5.4 @severity:critical
  Scenario: The signature secret can be rotated
    Given the runtime is steady
    And clients use the runtime
    When the signature secret is rotated, the pods are restarted, and the gate is rerun
    Then every runtime pod accepts a request signed with the new signature secret
    And every runtime pod refuses a request signed with the old signature secret
    And the post-deploy gate passes
    And no client lost an update or saw one twice
    And everything is put back

  @drill:database-password @statement:5.2 @statement:5.3 @statement:5.4 @severity:critical
  Scenario: The database password can be rotated
    Given the runtime is steady
    And clients use the runtime
    When the database password is rotated, the pods are restarted, and the gate is rerun
    Then the database refuses the old password
    And every runtime pod answers from the database
    And the post-deploy gate passes
    And no client lost an update or saw one twice
    And everything is put back

  @drill:secret-key-base @statement:5.2 @statement:5.3 @severity:high
  Scenario: SECRET_KEY_BASE can be rotated
    Given the runtime is steady
    When SECRET_KEY_BASE is rotated, the pods are restarted, and the gate is rerun
    Then every runtime pod started after the secrets last changed
    And every runtime pod accepts a request signed with the signature secret
    And the post-deploy gate passes
    And everything is put back

  @drill:new-sync-key @statement:5.2 @statement:5.3 @statement:5.4 @severity:critical
  Scenario: A new sync key is taken up while the old one still counts
    Given the runtime is steady
    And clients use the runtime
    When a new sync key is put in beside the old one, the pods are restarted, and the gate is rerun
    Then every runtime pod opens a sync socket for a token of the new sync key
    And every runtime pod opens a sync socket for a token of the old sync key
    And the post-deploy gate passes
    And no client lost an update or saw one twice
    And everything is put back

  @drill:old-sync-key @statement:5.2 @statement:5.3 @statement:5.4 @severity:critical
  Scenario: The old sync key counts no more once it is taken out
    Given the runtime is steady
    When a new sync key takes the place of the old one, the pods are restarted, and the gate is rerun
    Then every runtime pod opens a sync socket for a token of the new sync key
    And every runtime pod refuses a sync token of the old sync key
    And the post-deploy gate passes
    And everything is put back

  @drill:mint-switch @statement:5.2 @statement:5.3 @statement:5.4 @severity:critical
  Scenario: The token mint switches to the new sync key
    Given the runtime is steady
    When the pods are given a new sync key beside the old one, and the token mint switches to it
    Then a freshly minted sync token names the new key
    And every runtime pod opens a sync socket for a freshly minted token
    And everything is put back

  @drill:internal-secret @statement:5.2 @statement:5.3 @statement:5.4 @severity:critical
  Scenario: The secret between the runtime and the control plane can be rotated
    Given the runtime is steady
    When the internal shared secret is rotated on both sides, and the pods are restarted
    Then the control plane accepts a request signed with the new internal shared secret
    And the control plane refuses a request signed with the old internal shared secret
    And the tool provider answers every runtime pod
    And everything is put back
