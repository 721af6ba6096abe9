/** The sync journal, its read models, the projector, retention and parity (contract 10). */
package com.openagents.runbook.replica.runtime.sync;
