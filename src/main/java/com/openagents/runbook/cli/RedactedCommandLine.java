package com.openagents.runbook.cli;

import com.openagents.runbook.evidence.Redactor;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Whatever a command says passes the redactor: progress, results, problems of usage, exceptions that nobody expected. */
final class RedactedCommandLine extends CommandLine {
    private final Redactor redactor;
    private final List<RedactedWriter> writers = new ArrayList<>();

    RedactedCommandLine(Redactor redactor, List<Class<?>> commands) {
        super(new Main(redactor));
        this.redactor = redactor;
        commands.forEach(this::addSubcommand);
        // They are made when they are first asked for, each command its own.
        getOut();
        getErr();
    }

    @Override
    public CommandLine setOut(PrintWriter out) {
        super.setOut(redacted(out));
        // It tells how to reach a replica that nobody else can reach.
        Optional.ofNullable(getSubcommands().get("up")).ifPresent(up -> up.setOut(out));
        return this;
    }

    @Override
    public CommandLine setErr(PrintWriter err) {
        return super.setErr(redacted(err));
    }

    @Override
    public int execute(String... arguments) {
        try {
            return super.execute(arguments);
        } finally {
            writers.forEach(RedactedWriter::close);
        }
    }

    private PrintWriter redacted(PrintWriter terminal) {
        var writer = new RedactedWriter(redactor, terminal);
        writers.add(writer);
        return new PrintWriter(writer, true);
    }
}
