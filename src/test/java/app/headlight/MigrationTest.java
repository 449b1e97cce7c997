package app.headlight;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Databases.Kind;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class MigrationTest {

    @ParameterizedTest
    @MethodSource("app.headlight.Databases#all")
    void allMigrationsRun(Kind kind) throws Exception {
        try (HikariDataSource database = kind.fresh()) {
            JdbcClient jdbc = JdbcClient.create(database);
            assertThat(jdbc.sql("select count(*) from flyway_schema_history where success")
                            .query(Integer.class)
                            .single())
                    .isGreaterThanOrEqualTo(4);
            assertThat(jdbc.sql("select count(*) from finding")
                            .query(Integer.class)
                            .single())
                    .isZero();
            try (var connection = database.getConnection()) {
                assertThat(connection.getMetaData().getDatabaseProductName()).isEqualToIgnoringCase(kind.name());
            }
        }
    }
}
