package com.openagents.runbook.cli;

import com.openagents.runbook.fleet.Orders;

/** A process of a run over many environments: runs one after the other, as it is told. */
final class RunsInTurn {
    private RunsInTurn() {}

    public static void main(String[] none) {
        Orders.serve(System.in, System.out, words -> Main.commandLine().execute(words.toArray(String[]::new)));
        // What is left of a run that was cut short must not keep the process.
        System.exit(0);
    }
}
