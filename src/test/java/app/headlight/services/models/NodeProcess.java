package app.headlight.services.models;

import app.headlight.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A {@link TrainingNode} in a process of its own. */
final class NodeProcess implements AutoCloseable {

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    /** Returns at once; {@link #ready} waits until it is there. */
    NodeProcess(String url, Duration heartbeat) throws IOException {
        process = Programs.java(
                        List.of("-Xmx256m", "-Dheadlight.jobs.heartbeat=" + heartbeat.toMillis() + "ms"),
                        Programs.CLASS_PATH,
                        TrainingNode.class,
                        List.of(url))
                .redirectError(Redirect.INHERIT)
                .start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    NodeProcess ready() {
        String line = answer();
        if (!line.equals("ready")) {
            throw new IllegalStateException("it said " + line);
        }
        return this;
    }

    /** What it answers to a command. */
    String say(String command) {
        send(command);
        return answer();
    }

    /** Gives a command whose {@link #answer} is not waited for. */
    void send(String command) {
        commands.println(command);
    }

    String answer() {
        try {
            String line;
            do {
                line = answers.readLine();
            } while (line != null && !line.matches("ready|asked \\d+|done|refused: .*|true|false"));
            return String.valueOf(line);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** The training that it was asked for. */
    long ask(String name, int steps) {
        String said = say("ask " + name + " " + steps);
        if (!said.startsWith("asked ")) {
            throw new IllegalStateException("it said " + said);
        }
        return Long.parseLong(said.substring("asked ".length()));
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** {@code kill -STOP} and {@code -CONT}: it stands still, with all of its threads and connections, or goes on. */
    void signal(String name) throws IOException {
        int said = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .onExit()
                .join()
                .exitValue();
        if (said != 0) {
            throw new IOException("kill -" + name + " ended with " + said);
        }
    }

    /** Ends as a server does that is asked to. */
    void end() {
        commands.close();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
