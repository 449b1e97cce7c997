package app.headlight.ground.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The whole package on a database, with its transactions, and a clock that the test moves. */
final class People implements AutoCloseable {

    static final String PASSWORD = "correct horse battery";

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final MovableClock clock = new MovableClock();

    /** On a new H2 in memory. */
    People() {
        this(migrated("jdbc:h2:mem:people" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1"));
    }

    /** @param database with all migrations */
    People(DataSource database) {
        context.registerBean(DataSource.class, () -> database);
        context.registerBean(InstantSource.class, () -> clock);
        context.register(Wiring.class);
        context.refresh();
    }

    private static DataSource migrated(String url) {
        DataSource database = new DriverManagerDataSource(url);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        return database;
    }

    @Configuration
    @EnableTransactionManagement(proxyTargetClass = true)
    @ComponentScan(basePackageClasses = Account.class)
    static class Wiring {

        @Bean
        JdbcClient jdbc(DataSource database) {
            return JdbcClient.create(database);
        }

        @Bean
        JdbcTransactionManager transactions(DataSource database) {
            return new JdbcTransactionManager(database);
        }
    }

    private static final class MovableClock implements InstantSource {

        private Instant now = Instant.parse("2026-11-24T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }
    }

    void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    <T> T get(Class<T> kind) {
        return context.getBean(kind);
    }

    Accounts accounts() {
        return get(Accounts.class);
    }

    Account add(String name, Role role) {
        return accounts().add(name, role, PASSWORD);
    }

    /** How many rows there are. */
    int count(String table) {
        return get(JdbcClient.class)
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    @Override
    public void close() {
        context.close();
    }
}
