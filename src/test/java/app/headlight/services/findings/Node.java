package app.headlight.services.findings;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.ground.signals.Signals;
import app.headlight.services.claims.ClaimRows;
import app.headlight.services.claims.Claims;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The services of this package over one database, as one server has them, without a Spring context. */
public final class Node implements AutoCloseable {

    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final Signals signals;
    final FindingEvents events;
    final FindingRows rows;
    final Discussion discussion;
    final FindingSearch search;
    final Reactions reactions;
    public final Findings findings;
    final CollectionRows collectionRows;
    final FindingCollections collections;
    final Presentations presentations;
    final ShortLinks links;
    final Claims claims;
    final FindingClaims findingClaims;
    final FindingsExport export;
    final FindingsImport imports;
    final WrittenRecords records;

    public Node(DataSource database) {
        jdbc = JdbcClient.create(database);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        signals = new Signals(database);
        try {
            signals.open();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        events = new FindingEvents(signals);
        rows = new FindingRows(jdbc);
        findings = new Findings(rows, transaction, events);
        discussion = new Discussion(jdbc, rows, transaction, events);
        search = new FindingSearch(jdbc);
        reactions = new Reactions(jdbc, transaction);
        collectionRows = new CollectionRows(jdbc);
        collections = new FindingCollections(collectionRows, rows, transaction);
        presentations = new Presentations(jdbc, collectionRows, transaction, signals);
        links = new ShortLinks(jdbc);
        claims = new Claims(new ClaimRows(jdbc), new FindingClaims.News(rows, events), signals);
        findingClaims = new FindingClaims(rows, findings, claims, transaction);
        export = new FindingsExport(rows, discussion, collectionRows, claims, transaction);
        imports = new FindingsImport(rows, discussion, collectionRows, claims, transaction, events);
        records = new WrittenRecords(jdbc, rows, discussion, collectionRows, export, transaction, events);
    }

    /** A new account. */
    public Account member(String name) {
        jdbc.sql("insert into account (name, name_key, role, joined_at) values (?, ?, 'MEMBER', current_timestamp)")
                .params(name, UUID.randomUUID().toString())
                .update();
        long id = jdbc.sql("select max(id) from account").query(Long.class).single();
        return new Account(id, name, Role.MEMBER);
    }

    /** A stored model of that name, or another content of it. */
    void model(String name, String hash) {
        jdbc.sql("delete from model where name = ?").param(name).update();
        jdbc.sql("insert into model (name, content_hash, config, stored_at) values (?, ?, '{}', current_timestamp)")
                .params(name, hash)
                .update();
    }

    Account admin(String name) {
        Account member = member(name);
        return new Account(member.id(), name, Role.ADMIN);
    }

    /** Something to write: about a head of the model {@code toy}. */
    public static Content content(String title, String head) {
        return new Content(
                new Subject("toy", Subject.Sort.HEAD, head),
                title,
                "It looks **back**.",
                List.of("attention"),
                "induction",
                70,
                "explore?model=toy&head=" + head);
    }

    @Override
    public void close() {
        signals.close();
    }
}
