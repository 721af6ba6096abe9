package com.openagents.runbook;

import java.util.ArrayList;
import java.util.List;

/** The launcher as a terminal starts it: what a shell began in the background ignores Ctrl-C, and so would all that it begins. */
final class Foreground {
    private Foreground() {}

    /** The launcher with these arguments, to be started in the folder of the repository. */
    static ProcessBuilder launcher(List<String> arguments) {
        var words = new ArrayList<String>();
        if (System.getProperty("os.name").equals("Linux")) {
            words.addAll(List.of("env", "--default-signal=INT"));
        }
        words.add("./runbook");
        words.addAll(arguments);
        return new ProcessBuilder(words).redirectErrorStream(true);
    }
}
