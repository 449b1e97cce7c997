package app.headlight.services.findings;

import app.headlight.Databases.Kind;
import app.headlight.ground.people.Account;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that run on each kind of database, with a fresh one and its members for each test. */
@ParameterizedClass
@MethodSource("app.headlight.Databases#all")
abstract class OnBothDatabases {

    @Parameter
    Kind kind;

    HikariDataSource database;
    Node node;
    Account ada;
    Account ben;
    Account root;

    @BeforeEach
    void open() {
        database = kind.fresh();
        node = new Node(database);
        ada = node.member("Ada");
        ben = node.member("Ben");
        root = node.admin("Root");
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }
}
