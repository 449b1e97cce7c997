package app.headlight;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.LoggerFactory;

/**
 * Where the tests of the stores run, each in a fresh database after all migrations: an H2 in memory, and a real
 * PostgreSQL. {@code @ParameterizedClass @MethodSource("app.headlight.Databases#all")}.
 */
public final class Databases {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final String TEMPLATE = "migrated";

    static {
        // without a Spring context, which would set it, every statement would be logged
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    }

    private Databases() {}

    /** A kind of database, which makes new ones. */
    public enum Kind {
        H2,
        POSTGRESQL;

        /** A new database, migrated, with a pool of its own. */
        public HikariDataSource fresh() {
            return pool(freshUrl());
        }

        /** The address of a new database, migrated. */
        public String freshUrl() {
            if (this == POSTGRESQL) {
                return made(" template " + TEMPLATE);
            }
            String url = emptyUrl();
            try (HikariDataSource once = pool(url)) {
                migrate(once);
            }
            return url;
        }

        /** The address of a new database without a table. */
        public String emptyUrl() {
            return this == POSTGRESQL
                    ? made("")
                    : "jdbc:h2:mem:test" + UUID.randomUUID()
                            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";
        }

        private static String made(String from) {
            String name = "test" + MADE.incrementAndGet();
            Server.RUNNING.execute("create database " + name + from);
            return Server.RUNNING.url(name);
        }
    }

    /** For JUnit's parameters. */
    public static Stream<Kind> all() {
        return Stream.of(Kind.values());
    }

    /** Another pool on a database that is there already. */
    public static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        if (url.startsWith("jdbc:h2:")) {
            config.setUsername("headlight");
        }
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /** The address of the program's own H2 in a folder, as application.properties has it. */
    public static String fileUrl(Path folder) {
        try (InputStream file = Databases.class.getResourceAsStream("/application.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties
                    .getProperty("spring.datasource.url")
                    .replace("${headlight.data}", folder.toAbsolutePath().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs all migrations. */
    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** The PostgreSQL that all tests share; started when first asked for, gone with the JVM. */
    private static final class Server {

        static final Postgres RUNNING = start();

        private static Postgres start() {
            Postgres postgres = Postgres.start();
            postgres.execute("create database " + TEMPLATE);
            try (HikariDataSource template = pool(postgres.url(TEMPLATE))) {
                migrate(template);
            }
            return postgres;
        }
    }
}
