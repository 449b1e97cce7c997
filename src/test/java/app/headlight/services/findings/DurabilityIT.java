package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Databases;
import app.headlight.Nightly;
import app.headlight.Postgres;
import app.headlight.Programs;
import app.headlight.ground.people.Account;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code kill -9} during a stream of writes, once (by night fifty times): what was acknowledged is there, and nothing is half there. */
class DurabilityIT {

    private static final int KILLS = Nightly.times(1, 50);

    private final Random random = new Random(9);
    private final Set<String> acknowledged = new HashSet<>();

    @TempDir
    private Path temporary;

    @Test
    void whatH2AcknowledgedSurvivesTheKillOfTheProgram() throws Exception {
        String url = Databases.fileUrl(temporary);
        long account;
        try (HikariDataSource database = Databases.pool(url)) {
            Databases.migrate(database);
            account = new Node(database).member("Writer").id();
        }
        // one run to its end leaves an archive of loaded classes: the starts after it are quick
        Process warm = writer(url, account, "warm", "1");
        assertThat(warm.waitFor()).isZero();
        acknowledged.addAll(said());
        long begun = System.nanoTime();
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = writer(url, account, "round" + kill);
            while (said().isEmpty() && writer.isAlive()) {
                Thread.sleep(5);
            }
            Thread.sleep(random.nextInt(30, 300));
            writer.destroyForcibly().waitFor();
            assertThat(writer.exitValue()).as("killed, not failed").isEqualTo(128 + 9);
            acknowledged.addAll(said());
            try (HikariDataSource database = Databases.pool(url)) {
                check(database);
            }
        }
        report("H2", begun);
    }

    @Test
    void whatPostgresAcknowledgedSurvivesTheKillOfTheServer() throws Exception {
        try (Postgres postgres = Postgres.start();
                HikariDataSource database = Databases.pool(postgres.url("postgres"))) {
            Databases.migrate(database);
            Node node = new Node(database);
            Account member = node.member("Writer");
            long begun = System.nanoTime();
            for (int kill = 0; kill < KILLS; kill++) {
                String round = "round" + kill;
                Queue<String> lines = new ConcurrentLinkedQueue<>();
                AtomicBoolean killed = new AtomicBoolean();
                try (ExecutorService threads = Executors.newFixedThreadPool(WriterProcess.THREADS)) {
                    for (int thread = 0; thread < WriterProcess.THREADS; thread++) {
                        String name = round + "-" + thread + "-";
                        threads.submit(() -> {
                            for (int i = 0; !killed.get(); i++) {
                                lines.add(WriterProcess.write(node, member, name + i));
                            }
                        });
                    }
                    while (lines.isEmpty()) {
                        Thread.sleep(5);
                    }
                    Thread.sleep(random.nextInt(30, 300));
                    postgres.kill();
                    killed.set(true);
                    postgres.up();
                }
                acknowledged.addAll(lines);
                check(database);
            }
            node.close();
            report("PostgreSQL", begun);
        }
    }

    private void check(HikariDataSource database) {
        JdbcClient jdbc = JdbcClient.create(database);
        Collection<String> found = new HashSet<>(
                jdbc.sql("select body from finding_comment").query(String.class).list());
        assertThat(found).as("acknowledged, but lost").containsAll(acknowledged);
        assertThat(count(
                        jdbc,
                        "select count(*) from finding_comment c join finding f on f.id = c.finding_id"
                                + " join finding_version v on v.finding_id = f.id and v.number = 2"
                                + " where f.version = 2 and f.comments = 1 and v.subject = 'L0H1'"))
                .as("acknowledged edits and counts")
                .isEqualTo(found.size());
        assertThat(count(
                        jdbc,
                        "select count(*) from finding f where not exists (select 1 from finding_version v"
                                + " where v.finding_id = f.id and v.number = f.version)"))
                .as("half-written")
                .isZero();
    }

    private void report(String name, long begun) {
        System.out.printf(
                "%s: killed %d times in %d s; %d acknowledged findings (each with an edit and a comment), none lost%n",
                name, KILLS, (System.nanoTime() - begun) / 1_000_000_000, acknowledged.size());
        assertThat(acknowledged).hasSizeGreaterThan(KILLS * 2);
    }

    private static int count(JdbcClient jdbc, String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }

    private Process writer(String url, long account, String... rest) throws IOException {
        return Programs.java(
                        List.of(
                                "-XX:+AutoCreateSharedArchive",
                                "-XX:SharedArchiveFile=" + temporary.resolve("classes.jsa")),
                        classPath(),
                        WriterProcess.class,
                        Stream.concat(Stream.of(url, String.valueOf(account)), Stream.of(rest))
                                .toList())
                .redirectOutput(temporary.resolve("said.txt").toFile())
                .redirectError(temporary.resolve("errors.txt").toFile())
                .start();
    }

    /** With a jar in place of each folder, of which Java makes no archive of loaded classes. */
    private String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : Programs.CLASS_PATH.split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry))) {
                Path jar = temporary.resolve(entries.size() + ".jar");
                if (!Files.exists(jar)) {
                    ToolProvider.findFirst("jar")
                            .orElseThrow()
                            .run(System.out, System.err, "cf", jar.toString(), "-C", entry, ".");
                }
                entries.add(jar.toString());
            } else {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /** What the writer said: whole lines only, for the last may be cut off, and then nobody was told. */
    private List<String> said() throws IOException {
        return Files.readString(temporary.resolve("said.txt"))
                .lines()
                .filter(line -> line.startsWith("acknowledged") && line.endsWith(" ."))
                .toList();
    }
}
