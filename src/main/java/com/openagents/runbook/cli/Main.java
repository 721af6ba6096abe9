package com.openagents.runbook.cli;

import com.openagents.runbook.environment.EnvironmentFailure;
import com.openagents.runbook.environment.EnvironmentProblem;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.run.Suite;
import com.openagents.runbook.safety.DrillRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The command line of the runbook. */
@Command(
        name = "runbook",
        description = "The operations runbook of the OpenAgents runtime, as something that runs.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {
            "",
            "Exit codes: 0 all passed or waived; 1 something failed; 2 wrong usage or configuration, nothing was touched;",
            "            3 nothing failed but something could not be checked; 130 interrupted or past its deadline."
        })
public final class Main {
    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            RehearseCommand.class,
            ReportCommand.class,
            DiffCommand.class,
            EnvironmentsCommand.class,
            FaultsCommand.class,
            DoctorCommand.class,
            VerifyCommand.class,
            CoverageCommand.class,
            TriageCommand.class,
            GateCommand.class,
            SchemaRollbackCommand.class,
            RbacCommand.class,
            ScheduleCommand.class,
            RecoverCommand.class,
            UpCommand.class,
            DownCommand.class);

    private final Redactor redactor;

    Main(Redactor redactor) {
        this.redactor = redactor;
    }

    public static void main(String[] arguments) {
        System.exit(commandLine(named(arguments)).execute(arguments));
    }

    /** The command line, for those who start it inside their own process. */
    public static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    /** Only the command that is asked for, since each takes its time to be read; all, to help where none of them is. */
    private static List<Class<?>> named(String[] arguments) {
        return COMMANDS.stream()
                .filter(type -> arguments.length > 0
                        && type.getAnnotation(Command.class).name().equals(arguments[0]))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    private static CommandLine commandLine(List<Class<?>> commands) {
        boolean terminal = System.console() != null && System.getenv("NO_COLOR") == null;
        return new RedactedCommandLine(new Redactor(), commands)
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal ? Ansi.ON : Ansi.OFF))
                .setExecutionExceptionHandler(Main::problem);
    }

    /** What masks everything that the command says. */
    static Redactor redactor(CommandSpec command) {
        return ((Main) command.root().userObject()).redactor;
    }

    private static int problem(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof EnvironmentProblem || e instanceof DrillRefused || e instanceof UsageProblem) {
            command.getErr().println(e.getMessage());
            return ExitCode.USAGE;
        }
        if (e instanceof EnvironmentFailure || e instanceof CouldNotCheck) {
            command.getErr().println(e.getMessage());
            return ExitCode.NOT_CHECKED;
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            command.getErr().println("The run broke off: " + e.getMessage() + because(e.getCause()));
            return ExitCode.NOT_CHECKED;
        }
        throw e;
    }

    private static String because(Throwable cause) {
        return cause == null ? "" : " (" + cause.getMessage() + ")";
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"runbook " + Suite.version()};
        }
    }
}
