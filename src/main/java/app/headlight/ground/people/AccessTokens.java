package app.headlight.ground.people;

import app.headlight.engine.refusal.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The service for personal access tokens, the table {@code access_token}: a program that shows a token acts as its
 * account.
 */
@Repository
public class AccessTokens {

    /** The beginning of every token, so that a token that was published by mistake is recognised. */
    public static final String PREFIX = "hl_";

    private static final int MOST = 50;
    private static final int NAME = 60;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    AccessTokens(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * An access token as its owner sees it, without its secret.
     *
     * @param usedAt null if it never was
     */
    public record AccessToken(
            long id, String name, Instant madeAt, @Nullable Instant usedAt) {}

    /** The token and account that a request comes from. */
    public record Bearer(long tokenId, Account account) {}

    /**
     * Makes a token, which is shown only this once.
     *
     * @param name what it is for
     * @throws Refusal in words for people, if the name is missing or too long, or there are too many
     */
    public String make(Account account, String name) {
        String given = name.strip();
        if (given.isEmpty() || given.length() > NAME || given.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal("Say in up to " + NAME + " characters what the token is for.");
        }
        if (of(account.id()).size() >= MOST) {
            throw new Refusal("You have " + MOST + " tokens; revoke one that is not needed first.");
        }
        String token = PREFIX + Secrets.next();
        jdbc.sql("insert into access_token (account_id, name, secret_hash, made_at) values (?, ?, ?, ?)")
                .params(
                        account.id(),
                        given,
                        Secrets.hash(token),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return token;
    }

    /** Those of an account, the newest first. */
    public List<AccessToken> of(long accountId) {
        return jdbc.sql("select id, name, made_at, used_at from access_token where account_id = ?"
                        + " order by made_at desc, id desc")
                .param(accountId)
                .query(AccessTokens::token)
                .list();
    }

    /** The account of a token; empty if the token was never made, or was revoked. */
    public Optional<Bearer> recognise(String token) {
        Optional<Bearer> bearer = jdbc.sql("select access_token.id as token_id, account.id, account.name, account.role"
                        + " from access_token join account on account.id = account_id where secret_hash = ?")
                .param(Secrets.hash(token))
                .query((row, index) -> new Bearer(row.getLong("token_id"), AccountStore.account(row, index)))
                .optional();
        bearer.ifPresent(known -> used(known.tokenId()));
        return bearer;
    }

    /** Once a minute is exact enough, and avoids a write with every request. */
    private void used(long id) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("update access_token set used_at = ? where id = ? and (used_at is null or used_at < ?)")
                .params(now, id, now.minusMinutes(1))
                .update();
    }

    /** Revokes one of the account's own. */
    public void revoke(Account account, long id) {
        jdbc.sql("delete from access_token where id = ? and account_id = ?")
                .params(id, account.id())
                .update();
    }

    private static AccessToken token(ResultSet row, int index) throws SQLException {
        OffsetDateTime used = row.getObject("used_at", OffsetDateTime.class);
        return new AccessToken(
                row.getLong("id"),
                row.getString("name"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                used == null ? null : used.toInstant());
    }
}
