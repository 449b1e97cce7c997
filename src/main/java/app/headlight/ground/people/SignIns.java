package app.headlight.ground.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The service for sign-ins, the table {@code sign_in}: the browsers in which people are signed in. A browser keeps a
 * secret in a cookie, by which it is recognised after a restart; a sign-in that was ended, or was not used for
 * {@link #KEPT}, is deleted.
 */
@Repository
public class SignIns {

    /** How long a sign-in is kept that is not used. */
    public static final Duration KEPT = Duration.ofDays(60);

    private static final String COLUMNS = "select sign_in.id as sign_in_id, browser, address, begun_at, used_at,"
            + " account.id, account.name, account.role from sign_in join account on account.id = account_id ";
    private static final int BROWSER = 200;
    private static final int ADDRESS = 60;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

    SignIns(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A sign-in of an account in one browser.
     *
     * @param browser the name of the browser, as it says
     */
    public record SignIn(long id, Account account, String browser, String address, Instant begunAt, Instant usedAt) {}

    /**
     * A sign-in that has just begun, with its secret.
     *
     * @param secret returned only this once; the browser is recognised by it
     */
    public record Begun(long id, String secret) {}

    public Begun begin(Account account, String browser, String address) {
        String secret = Secrets.next();
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("delete from sign_in where used_at < ?").param(now.minus(KEPT)).update();
        jdbc.sql("insert into sign_in (account_id, secret_hash, browser, address, begun_at, used_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(account.id(), Secrets.hash(secret), cut(browser, BROWSER), cut(address, ADDRESS), now, now)
                .update();
        return new Begun(bySecret(secret).orElseThrow().id(), secret);
    }

    /** The sign-in with a secret, which counts as used now. */
    public Optional<SignIn> recognise(String secret) {
        Optional<SignIn> known = bySecret(secret);
        known.ifPresent(signIn -> jdbc.sql("update sign_in set used_at = ? where id = ?")
                .params(clock.instant().atOffset(ZoneOffset.UTC), signIn.id())
                .update());
        return known;
    }

    private Optional<SignIn> bySecret(String secret) {
        return jdbc.sql(COLUMNS + "where secret_hash = ? and used_at > ?")
                .params(Secrets.hash(secret), clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .query(SignIns::signIn)
                .optional();
    }

    /** Those of an account, the last used first. */
    public List<SignIn> of(long accountId) {
        return jdbc.sql(COLUMNS + "where account_id = ? order by used_at desc, sign_in_id desc")
                .param(accountId)
                .query(SignIns::signIn)
                .list();
    }

    /** Everybody's, the last used first. */
    public List<SignIn> all() {
        return jdbc.sql(COLUMNS + "order by used_at desc, sign_in_id desc")
                .query(SignIns::signIn)
                .list();
    }

    /** Which of these still exist. */
    public Set<Long> among(Collection<Long> ids) {
        return ids.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.sql("select id from sign_in where id in (:ids)")
                        .param("ids", ids)
                        .query(Long.class)
                        .list());
    }

    /** Ends a sign-in: its browser is signed out. */
    public void end(long id) {
        jdbc.sql("delete from sign_in where id = ?").param(id).update();
        listeners.forEach(listener -> listener.accept(id));
    }

    /** Ends all those of an account but one. */
    public void endOthers(long accountId, long but) {
        of(accountId).stream().map(SignIn::id).filter(id -> id != but).forEach(this::end);
    }

    /** Adds a listener for sign-ins that end on this node; {@link #among} finds those that another node ends. */
    public void listen(LongConsumer listener) {
        listeners.add(listener);
    }

    private static SignIn signIn(ResultSet row, int index) throws SQLException {
        return new SignIn(
                row.getLong("sign_in_id"),
                AccountStore.account(row, index),
                row.getString("browser"),
                row.getString("address"),
                row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                row.getObject("used_at", OffsetDateTime.class).toInstant());
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(text.length(), most));
    }
}
