package com.openagents.runbook.replica.checkout;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The process behind {@code bin/mix} of the replica's checkout. */
public final class MixMain {
    static final String CHECKOUT = "OA_REPLICA_CHECKOUT";
    static final String DATABASE = "OA_REPLICA_DATABASE";

    static final String PASSWORD = "OA_REPLICA_CHECKOUT_DATABASE_PASSWORD";

    private MixMain() {}

    public static void main(String[] arguments) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var variables = System.getenv();
        var workspace = new Workspace(Path.of(variables.get(CHECKOUT)), variables.get(DATABASE), variables);
        int status = new Mix(workspace, out).run(List.of(arguments));
        // Idle threads of clients would keep the process for a while.
        System.exit(status);
    }
}
