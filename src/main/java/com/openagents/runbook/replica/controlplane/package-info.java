/** The replica of the token mint: what the control plane does so that clients may open a sync socket (contract 5.6). */
package com.openagents.runbook.replica.controlplane;
