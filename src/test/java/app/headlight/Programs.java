package app.headlight;

import java.util.List;
import java.util.stream.Stream;

/** Java programs in processes of their own, which tests may kill. */
public final class Programs {

    /** The tests' own. */
    public static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private Programs() {}

    /** Starts quickly; for programs that live for seconds. */
    public static ProcessBuilder java(
            List<String> options, String classPath, Class<?> program, List<String> arguments) {
        return new ProcessBuilder(Stream.of(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED"),
                        options,
                        List.of("-cp", classPath, program.getName()),
                        arguments)
                .flatMap(List::stream)
                .toList());
    }
}
