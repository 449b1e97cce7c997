package app.headlight.ground.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the table {@code account}. */
@Repository
class AccountStore {

    private static final String COLUMNS = "select id, name, role, joined_at from account ";

    private final JdbcClient jdbc;

    AccountStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A person at an OpenID provider. */
    record OpenId(String issuer, String subject) {}

    /** By name. */
    List<Accounts.Joined> all() {
        return jdbc.sql(COLUMNS + "order by name_key")
                .query((row, index) -> new Accounts.Joined(
                        account(row, index),
                        row.getObject("joined_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    Optional<Account> find(long id) {
        return jdbc.sql(COLUMNS + "where id = ?")
                .param(id)
                .query(AccountStore::account)
                .optional();
    }

    Optional<Account> find(String name) {
        return jdbc.sql(COLUMNS + "where name_key = ?")
                .param(key(name))
                .query(AccountStore::account)
                .optional();
    }

    Optional<Account> find(OpenId person) {
        return jdbc.sql(COLUMNS + "where issuer = ? and subject = ?")
                .params(person.issuer(), person.subject())
                .query(AccountStore::account)
                .optional();
    }

    /** @throws org.springframework.dao.DuplicateKeyException if the name, or the person, has an account already */
    Account add(String name, Role role, @Nullable String password, @Nullable OpenId person, Instant now) {
        jdbc.sql("insert into account (name, name_key, role, password, issuer, subject, joined_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        name,
                        key(name),
                        role.name(),
                        password,
                        person == null ? null : person.issuer(),
                        person == null ? null : person.subject(),
                        now.atOffset(ZoneOffset.UTC)))
                .update();
        return find(name).orElseThrow();
    }

    /** Null for an account that signs in by OpenID Connect. */
    @Nullable
    String password(long id) {
        return jdbc.sql("select password from account where id = ?")
                .param(id)
                .query((row, index) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(password -> password)
                .orElse(null);
    }

    void setPassword(long id, String password) {
        jdbc.sql("update account set password = ? where id = ?")
                .params(password, id)
                .update();
    }

    void setRole(long id, Role role) {
        jdbc.sql("update account set role = ? where id = ?")
                .params(role.name(), id)
                .update();
    }

    void remove(long id) {
        jdbc.sql("delete from account where id = ?").param(id).update();
    }

    /** The admins' ids; they cannot change until the present transaction ends. */
    List<Long> lockAdmins() {
        return jdbc.sql("select id from account where role = ? order by id for update")
                .param(Role.ADMIN.name())
                .query(Long.class)
                .list();
    }

    /** A name in the form in which names are compared, without regard to case or to the composition of letters. */
    static String key(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return folded.substring(0, Math.min(folded.length(), AccountNames.LONGEST));
    }

    /** The account of a row with the columns id, name and role. */
    static Account account(ResultSet row, int index) throws SQLException {
        return new Account(row.getLong("id"), row.getString("name"), Role.valueOf(row.getString("role")));
    }
}
