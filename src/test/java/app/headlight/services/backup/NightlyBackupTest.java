package app.headlight.services.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.Databases;
import app.headlight.Databases.Kind;
import app.headlight.ground.people.Account;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.Node;
import com.zaxxer.hikari.HikariDataSource;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightlyBackupTest {

    @TempDir
    private Path temporary;

    @Test
    void whatIsBackedUpIsThereAfterTheDatabaseWasWreckedAndRestored() throws Exception {
        Path data = Files.createDirectories(temporary.resolve("data"));
        String url = Databases.fileUrl(data);
        List<Finding> written = new ArrayList<>();
        Path backup;
        try (HikariDataSource database = Databases.pool(url)) {
            Databases.migrate(database);
            try (Node node = new Node(database)) {
                Account ada = node.member("Ada");
                for (int i = 0; i < 300; i++) {
                    written.add(node.findings.add(ada, Node.content("finding " + i, "L0H" + i)));
                }
                backup = new NightlyBackup(
                                database, temporary.resolve("it's backups").toString(), "-", 3)
                        .run()
                        .orElseThrow();
                node.findings.add(ada, Node.content("after the backup", "L0H0"));
            }
        }
        Path file = data.resolve("headlight.mv.db");
        byte[] wrecked = Files.readAllBytes(file);
        for (int i = 0; i < wrecked.length; i += 7) {
            wrecked[i] = (byte) ~wrecked[i];
        }
        Files.write(file, wrecked);
        assertThatThrownBy(() -> Databases.pool(url).close())
                .as("it is wrecked indeed")
                .isNotNull();

        Files.delete(file);
        unzip(backup, data);

        try (HikariDataSource database = Databases.pool(url);
                Node node = new Node(database)) {
            for (Finding finding : written) {
                assertThat(node.findings.find(finding.id())).contains(finding);
            }
            assertThat(node.findings.find(written.getLast().id() + 1)).isEmpty();
            node.findings.add(node.member("Ben"), Node.content("it goes on", "L0H0"));
        }
    }

    @Test
    void theNewestStayAndNothingElseIsTouched() throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("backups"));
        Files.writeString(folder.resolve("notes.txt"), "mine");
        for (int day = 1; day < 10; day++) {
            Files.writeString(folder.resolve("headlight-2020-01-0" + day + "T03-30-00.zip"), "old");
        }
        try (HikariDataSource database = Databases.pool(Databases.fileUrl(temporary))) {
            Path made =
                    new NightlyBackup(database, folder.toString(), "-", 3).run().orElseThrow();
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder(
                                "notes.txt",
                                "headlight-2020-01-08T03-30-00.zip",
                                "headlight-2020-01-09T03-30-00.zip",
                                made.getFileName().toString());
            }
        }
    }

    @Test
    void otherDatabasesAreLeftToTheirOwnMeans() throws Exception {
        for (Kind kind : Kind.values()) {
            try (HikariDataSource database = kind.fresh()) {
                assertThat(new NightlyBackup(database, temporary.resolve("none").toString(), "-", 3).run())
                        .isEmpty();
            }
        }
        assertThat(temporary.resolve("none")).doesNotExist();
    }

    private static void unzip(Path file, Path folder) throws Exception {
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                Files.copy(zip, folder.resolve(entry.getName()));
            }
        }
    }
}
