package com.openagents.runbook.replica.database;

import java.nio.file.Files;

/** A process with a database replica, for tests that end it rudely. */
final class ReplicaProcess {
    private ReplicaProcess() {}

    /** Prints "FOLDER PID" for the test to read when ready, stops the server first if told to, and waits for its end. */
    public static void main(String[] arguments) throws Exception {
        var replica = DatabaseReplica.start(DatabaseOptions.defaults());
        var pid = Files.readAllLines(replica.folder().orElseThrow().resolve("data/postmaster.pid"))
                .get(0)
                .strip();
        if (arguments.length > 0 && arguments[0].equals("stopped")) {
            replica.stop();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> tellWhetherTheServerAnswers(replica)));
        System.out.println(replica.folder().orElseThrow() + " " + pid);
        System.in.read();
    }

    private static void tellWhetherTheServerAnswers(DatabaseReplica replica) {
        try (var connection = replica.dataSource(DatabaseReplica.DEV, DatabaseReplica.RUNTIME_APP)
                .getConnection()) {
            System.out.println(connection.isValid(5) ? "answers" : "does not answer");
        } catch (java.sql.SQLException e) {
            System.out.println("does not answer");
        }
    }
}
