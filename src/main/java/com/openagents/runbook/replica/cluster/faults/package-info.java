/**
 * Defects of the cluster, each brought about by means that bring it about in real ones: an edited object, a killed
 * process, a node that lost an image. Each leaves alone what it does not name.
 */
package com.openagents.runbook.replica.cluster.faults;
