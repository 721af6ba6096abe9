/** AssertJ assertions of the runbook's domain; what they throw is a finding for the person on call. */
package com.openagents.runbook.assertions;
