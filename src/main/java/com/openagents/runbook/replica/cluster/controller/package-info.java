/**
 * The controllers of the replica's cluster. Each is an ordinary informer and work queue, and would do the same work
 * against any Kubernetes API server that has no controllers of its own.
 */
package com.openagents.runbook.replica.cluster.controller;
