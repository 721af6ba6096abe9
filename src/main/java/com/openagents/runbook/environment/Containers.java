package com.openagents.runbook.environment;

/**
 * How an environment of kind {@code containers} is made.
 *
 * @param images what the containers are made of, each null where the official one is meant
 * @param pull {@code always}, {@code missing} or {@code never}; null where the standard is meant
 * @param reuse whether a replica that {@code up} keeps is used in the place of an own one
 */
record Containers(Images images, String pull, Boolean reuse) {
    record Images(
            String kubernetes,
            String database,
            String prometheus,
            String alertmanager,
            String grafana,
            String java,
            String runtime) {}
}
