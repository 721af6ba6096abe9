/** The executable runbook of the OpenAgents runtime: the machinery that the features and their steps stand on. */
package com.openagents.runbook;
