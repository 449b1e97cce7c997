package app.headlight.tools;

import app.headlight.engine.refusal.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs the programs of the command line: a mistake in the options or files is one line and exit code 1. */
final class Programs {

    private Programs() {}

    /** @param refusal the beginning of that line, before a colon */
    static CommandLine of(Callable<Integer> program, String refusal) {
        return new CommandLine(program)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((wrong, given) -> {
                    CommandLine line = wrong.getCommandLine();
                    refuse(line.getErr(), refusal, wrong.getMessage());
                    line.usage(line.getErr());
                    return 1;
                })
                .setExecutionExceptionHandler((failed, line, given) -> {
                    if (!(failed instanceof Refusal || failed instanceof IOException)) {
                        throw failed;
                    }
                    refuse(
                            line.getErr(),
                            refusal,
                            failed instanceof NoSuchFileException gone
                                    ? "there is no file " + gone.getFile()
                                    : failed.getMessage());
                    return 1;
                });
    }

    private static void refuse(PrintWriter err, String refusal, String reason) {
        err.println(refusal + ": " + reason);
        err.flush();
    }
}
