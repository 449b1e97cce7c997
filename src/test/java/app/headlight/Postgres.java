package app.headlight;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL of its own, unpacked from Maven Central's binaries into a temporary folder, with everything synced
 * to disk as in earnest. It refuses to run as root: there it runs as the user 65534 (nobody) by way of {@code setpriv},
 * or where that may not be, in a user namespace. Where it cannot be started at all, the tests that need it fail.
 */
public final class Postgres implements AutoCloseable {

    private static final int NOBODY = 65534;
    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");

    private final Path folder;
    private final List<String> asUser;
    private final int port;
    private @Nullable Process server;

    private Postgres(Path folder, List<String> asUser, int port) {
        this.folder = folder;
        this.asUser = asUser;
        this.port = port;
    }

    /** A server with an empty database, running. */
    public static Postgres start() {
        try {
            Path folder = Files.createTempDirectory("headlight-postgres");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpack(folder);
            Files.createDirectory(folder.resolve("data"));
            List<String> asUser = user(folder);
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            Postgres postgres = new Postgres(folder, asUser, port);
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            postgres.run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N");
            postgres.up();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException("no PostgreSQL for the tests", e);
        }
    }

    /** Starts the server over the data as they lie, and waits until it answers. */
    public void up() throws IOException {
        server = command(
                        "postgres",
                        "-D",
                        "data",
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        // after a kill, one sync of the file system rather than one of each file
                        "recovery_init_sync_method=" + (LINUX ? "syncfs" : "fsync"))
                .start();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!answers()) {
            if (!server.isAlive() || System.nanoTime() > until) {
                throw new IOException("PostgreSQL did not start: " + log());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** {@code kill -9} for the server and each of its processes. */
    public void kill() {
        Process running = server;
        if (running == null) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(Stream.of(running.toHandle()), running.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** @param database one that exists; {@code postgres} always does */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    }

    /** Runs a statement outside any transaction, such as {@code create database}. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"))) {
            connection.createStatement().execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException gone) {
            // a temporary folder: the system sweeps it
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url("postgres"))) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void run(String program, String... arguments) throws IOException {
        Process process = command(program, arguments).start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(program + " failed: " + log());
        }
    }

    private ProcessBuilder command(String program, String... arguments) {
        List<String> words = new ArrayList<>(asUser);
        words.add(folder.resolve("bin").resolve(program).toString());
        words.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()));
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** What goes before a command so that it does not run as root; the data folder belongs to that user afterwards. */
    private static List<String> user(Path folder) throws IOException {
        Path data = folder.resolve("data");
        if (!(Files.getAttribute(data, "unix:uid") instanceof Integer uid) || uid != 0) {
            return List.of();
        }
        List<String> another = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");
        if (works(another)) {
            Files.setAttribute(data, "unix:uid", NOBODY);
            Files.setAttribute(data, "unix:gid", NOBODY);
            return another;
        }
        List<String> namespace = List.of("unshare", "-U", "--");
        if (works(namespace)) {
            return namespace;
        }
        throw new IOException("PostgreSQL refuses to run as root, and neither setpriv nor unshare works here");
    }

    private static boolean works(List<String> prefix) {
        try {
            List<String> words = new ArrayList<>(prefix);
            words.add("true");
            return new ProcessBuilder(words).start().onExit().join().exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static void unpack(Path folder) throws IOException {
        try (InputStream packed = archive();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                Path to = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(to.getParent());
                    Files.createSymbolicLink(to, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(to.getParent());
                    Files.copy(tar, to);
                    if ((entry.getMode() & 0b001_000_000) != 0) {
                        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }

    private static InputStream archive() throws IOException {
        for (String name : List.of("linux-x86_64", "linux-arm_64", "darwin-x86_64", "darwin-arm_64")) {
            InputStream found = Postgres.class.getResourceAsStream("/postgres-" + name + ".txz");
            if (found != null) {
                return found;
            }
        }
        throw new IOException("no binaries of PostgreSQL on the class path for " + System.getProperty("os.name"));
    }
}
