/** What {@code mix test} of the replica's checkout runs: real checks of the replica, on a database of their own. */
package com.openagents.runbook.replica.checkout.suite;
