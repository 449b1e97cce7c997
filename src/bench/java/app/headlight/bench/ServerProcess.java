package app.headlight.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A {@link LoadServer} that runs, with an empty database of its own. */
final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader said;
    private final PrintWriter asks;
    private final List<String> tokens = new ArrayList<>();
    private int port;

    /**
     * @param heap such as {@code 512m}
     * @param settings of the program, such as {@code --headlight.models=/models}
     */
    ServerProcess(String heap, String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx" + heap,
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadServer.class.getName(),
                        "--server.port=0",
                        "--vaadin.productionMode=true",
                        "--headlight.data=" + Files.createTempDirectory("headlight-load"),
                        "--headlight.api.per-minute=100000",
                        "--logging.level.root=warn"));
        command.addAll(List.of(settings));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        said = process.inputReader();
        asks = new PrintWriter(process.outputWriter(), true);
        for (String line = ""; !line.equals("READY"); line = next()) {
            port = line.startsWith("PORT ") ? Integer.parseInt(line.substring(5)) : port;
            if (line.startsWith("TOKEN ")) {
                tokens.add(line.substring(6));
            }
        }
    }

    int port() {
        return port;
    }

    /** Access tokens of its writers. */
    List<String> tokens() {
        return tokens;
    }

    /** Bytes of the heap that are in use after a collection. */
    long held() throws IOException {
        asks.println("held");
        String line = next();
        while (!line.startsWith("HELD ")) {
            line = next();
        }
        return Long.parseLong(line.substring(5));
    }

    /** Bytes of the machine's memory that the process has, native memory included. Linux only. */
    long resident() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private String next() throws IOException {
        String line = said.readLine();
        if (line == null) {
            throw new IOException("the server ended");
        }
        if (!line.matches("(PORT|TOKEN|READY|HELD).*")) {
            System.err.println(line); // its log
        }
        return line;
    }
}
