package com.openagents.runbook.replica.controlplane;

import com.openagents.runbook.replica.runtime.config.Variables;
import com.openagents.runbook.replica.runtime.logging.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** The token mint as a process; POD_IP and PORT say where it listens, the rest is contract 5.6. */
public final class ControlPlaneMain {
    private ControlPlaneMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        var variables = new Variables(System.getenv());
        var log = new Log(System.out);
        var controlPlane = ControlPlane.start(variables, log);
        log.info("Server running on [http://" + variables.text("POD_IP", "0.0.0.0") + ":"
                + controlPlane.address().getPort() + "].");
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            controlPlane.close();
                            Runtime.getRuntime().halt(0);
                        },
                        "stop"));
        if (variables.setting("EXIT_WITH_PARENT", "false").equals("true")) {
            waitForParent();
            Runtime.getRuntime().halt(1);
        }
        new CountDownLatch(1).await();
    }

    private static void waitForParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // As good as the end of the stream: nobody holds the other side.
        }
    }
}
