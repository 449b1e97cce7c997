package app.headlight.ground.people;

import app.headlight.engine.refusal.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The service for invitations to join, the table {@code invitation}; each is for one person and valid for a few days. */
@Repository
public class Invitations {

    /** How long an invitation is valid. */
    public static final Duration OPEN = Duration.ofDays(7);

    /** The longest name of an invited person, in characters. */
    private static final int NAME = 60;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Invitations(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * An invitation that nobody has used yet.
     *
     * @param name whom it is for, in words; may be empty
     */
    public record Invitation(long id, Role role, String name, String madeBy, Instant expiresAt) {}

    /** Makes an invitation for nobody in particular; its code is returned only this once and is not stored. */
    public String make(Account by, Role role) {
        return make(by, role, List.of("")).getFirst();
    }

    /**
     * Makes an invitation for each of some people, all or none; the codes are returned only this once and are not stored.
     *
     * @param names of whom they are for, in words, at most 60 characters each; an empty one is nobody in particular
     * @return a code for each, in the same order
     * @throws Refusal in words for people, if a name is too long
     */
    @Transactional
    public List<String> make(Account by, Role role, List<String> names) {
        List<String> codes = new ArrayList<>();
        for (String name : names) {
            if (name.length() > NAME) {
                throw new Refusal(
                        "“" + name + "” has " + name.length() + " characters; at most " + NAME + " are kept.");
            }
            String code = Secrets.next();
            Instant now = clock.instant();
            jdbc.sql("insert into invitation (code_hash, role, name, made_by, made_at, expires_at)"
                            + " values (?, ?, ?, ?, ?, ?)")
                    .params(Secrets.hash(code), role.name(), name, by.id(), at(now), at(now.plus(OPEN)))
                    .update();
            codes.add(code);
        }
        return codes;
    }

    /** Those that are still valid, the newest first. */
    public List<Invitation> open() {
        return jdbc.sql("select invitation.id, invitation.role, invitation.name, account.name, expires_at from"
                        + " invitation join account on account.id = made_by where expires_at > ? order by made_at"
                        + " desc, invitation.id desc")
                .param(at(clock.instant()))
                .query((row, index) -> new Invitation(
                        row.getLong(1),
                        role(row, 2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The role that a code invites to; empty if it is unknown, used or too old. */
    public Optional<Role> role(String code) {
        return jdbc.sql("select role from invitation where code_hash = ? and expires_at > ?")
                .params(Secrets.hash(code), at(clock.instant()))
                .query((row, index) -> role(row, 1))
                .optional();
    }

    public void revoke(long id) {
        jdbc.sql("delete from invitation where id = ?").param(id).update();
    }

    /** Uses a code, which works only once, even if two people use it at the same moment. */
    Optional<Role> use(String code) {
        Optional<Role> role = role(code);
        int deleted = jdbc.sql("delete from invitation where code_hash = ?")
                .param(Secrets.hash(code))
                .update();
        return deleted == 1 ? role : Optional.empty();
    }

    private static Role role(ResultSet row, int column) throws SQLException {
        return Role.valueOf(row.getString(column));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
