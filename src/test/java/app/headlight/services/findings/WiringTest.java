package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Databases;
import app.headlight.Databases.Kind;
import app.headlight.ground.people.Account;
import app.headlight.services.backup.NightlyBackup;
import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The services as Spring puts them together, with what Spring Boot configures for a database. */
class WiringTest {

    @ParameterizedTest
    @MethodSource("app.headlight.Databases#all")
    void theServicesFindEachOther(Kind kind) {
        try (HikariDataSource database = kind.fresh();
                HikariDataSource ofAccount = Databases.pool(database.getJdbcUrl());
                Node node = new Node(ofAccount)) {
            Account ada = node.member("Ada");
            new ApplicationContextRunner()
                    .withInitializer(new ConfigDataApplicationContextInitializer())
                    .withConfiguration(AutoConfigurations.of(
                            DataSourceAutoConfiguration.class,
                            DataSourceTransactionManagerAutoConfiguration.class,
                            JdbcTemplateAutoConfiguration.class,
                            JdbcClientAutoConfiguration.class,
                            TransactionAutoConfiguration.class))
                    .withUserConfiguration(Scanned.class)
                    .withPropertyValues(
                            "spring.datasource.url=" + database.getJdbcUrl(),
                            "spring.datasource.username=" + (kind == Kind.H2 ? "headlight" : "postgres"))
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assertThat(context).hasSingleBean(NightlyBackup.class);
                        assertThat(context).hasSingleBean(WrittenRecords.class);
                        assertThat(context).hasSingleBean(FindingsImport.class);
                        BlockingQueue<FindingChange> told = new LinkedBlockingQueue<>();
                        context.getBean(FindingEvents.class).listen(told::add);
                        Finding added = context.getBean(Findings.class).add(ada, Node.content("x", "L0H0"));
                        assertThat(told.poll(2, TimeUnit.SECONDS))
                                .isEqualTo(new FindingChange(FindingChange.Sort.ADDED, added.id(), "toy"));
                        assertThat(told).isEmpty();
                    });
        }
    }

    @Configuration
    @ComponentScan({
        "app.headlight.services.findings",
        "app.headlight.services.claims",
        "app.headlight.services.backup",
        "app.headlight.ground.signals"
    })
    static class Scanned {}
}
