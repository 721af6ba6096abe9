/** The token mint of the control plane as a client asks it (contract 5.6). */
package com.openagents.runbook.system.controlplane;
