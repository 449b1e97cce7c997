package app.headlight.services.backup;

import app.headlight.engine.refusal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.stereotype.Component;

/**
 * Writes the embedded H2 database to a zip file every night, without stopping anyone's work, and keeps the newest of
 * them. To restore one, unzip it in the folder of the database while the program is stopped. For another database it
 * makes no backup, and says so; use the tools of that database, such as {@code pg_dump}.
 */
@Component
@EnableScheduling
public class NightlyBackup {

    private static final Logger LOG = LoggerFactory.getLogger(NightlyBackup.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'headlight-'yyyy-MM-dd'T'HH-mm-ss'.zip'");
    private static final String ALL = "headlight-*.zip";

    private final DataSource database;
    private final Path folder;
    private final int kept;

    /** @param kept how many of the newest backups are kept; at least 1 */
    NightlyBackup(
            DataSource database,
            @Value("${headlight.backup.folder}") String folder,
            @Value("${headlight.backup.cron}") String cron,
            @Value("${headlight.backup.keep}") int kept) {
        if (!cron.equals(Scheduled.CRON_DISABLED) && !CronExpression.isValidExpression(cron)) {
            throw new Refusal("headlight.backup.cron is “" + cron
                    + "”; expected second, minute, hour, day, month and weekday, such as “0 30 3 * * *”, or “-”");
        }
        if (kept < 1) {
            throw new Refusal("headlight.backup.keep is " + kept + "; keep at least 1 backup");
        }
        this.database = database;
        this.folder = Path.of(folder).toAbsolutePath().normalize();
        this.kept = kept;
    }

    @Scheduled(cron = "${headlight.backup.cron}")
    void everyNight() {
        try {
            run().ifPresentOrElse(
                            file -> LOG.info("backed the database up to {}", file),
                            () -> LOG.info(
                                    "no backup: the database is not H2's file; use its own means, such as pg_dump"));
        } catch (SQLException | IOException | UncheckedIOException e) {
            LOG.error("the nightly backup failed", e);
        }
    }

    /**
     * Writes a backup now.
     *
     * @return the file; empty if the database is not H2 in a file
     */
    public Optional<Path> run() throws SQLException, IOException {
        if (!isFileOfH2()) {
            return Optional.empty();
        }
        Files.createDirectories(folder);
        Path file = folder.resolve(NAME.format(LocalDateTime.now()));
        Path unfinished = folder.resolve("unfinished.zip");
        Files.deleteIfExists(unfinished);
        JdbcClient.create(database)
                .sql("backup to '" + unfinished.toString().replace("'", "''") + "'")
                .update();
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sweep();
        return Optional.of(file);
    }

    private boolean isFileOfH2() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getURL().startsWith("jdbc:h2:")
                    && !connection.getMetaData().getURL().startsWith("jdbc:h2:mem:");
        }
    }

    private void sweep() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> newestFirst = files.filter(file ->
                            file.getFileSystem().getPathMatcher("glob:" + ALL).matches(file.getFileName()))
                    .sorted((one, other) -> other.compareTo(one))
                    .toList();
            for (Path old : newestFirst.subList(Math.min(kept, newestFirst.size()), newestFirst.size())) {
                Files.delete(old);
            }
        }
    }
}
