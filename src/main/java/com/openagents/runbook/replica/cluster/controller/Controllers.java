package com.openagents.runbook.replica.cluster.controller;

import java.util.List;

/** All controllers of the cluster. They work from when their informers start until they are closed. */
public final class Controllers implements AutoCloseable {
    private final List<Controller> controllers;

    public Controllers(ControllerContext context, PodMetrics metrics) {
        controllers = List.of(
                new Scheduler(context),
                new StatefulSetController(context),
                new JobController(context),
                new TtlController(context),
                new DisruptionController(context),
                new EndpointsController(context),
                new QuotaController(context),
                new HpaController(context, metrics),
                new GarbageCollector(context));
    }

    @Override
    public void close() {
        controllers.forEach(Controller::close);
    }
}
