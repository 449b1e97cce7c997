package app.headlight.people;

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

/** Invitations to join, the table {@code invitation}: each for one person and a few days. */
@Repository
public class Invitations {

    /** How long an invitation stands open. */
    public static final Duration OPEN = Duration.ofDays(7);

    /** The longest name of whom one is for, in characters. */
    private static final int NAME = 60;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Invitations(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One that nobody has used yet.
     *
     * @param name whom it is for, in words; may be empty
     */
    public record Invitation(long id, Role role, String name, String madeBy, Instant expiresAt) {}

    /** Makes an invitation for nobody in particular; its code is told this once and kept nowhere. */
    public String make(Account by, Role role) {
        return make(by, role, List.of("")).getFirst();
    }

    /**
     * Makes an invitation each for some people, all or none; the codes are told this once and kept nowhere.
     *
     * @param names of whom they are for, in words, at most 60 characters each; an empty one is nobody in particular
     * @return a code each, in the same order
     * @throws IllegalArgumentException in words for people, if a name is too long
     */
    @Transactional
    public List<String> make(Account by, Role role, List<String> names) {
        List<String> codes = new ArrayList<>();
        for (String name : names) {
            if (name.length() > NAME) {
                throw new IllegalArgumentException(
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

    /** Those that still stand open, the newest first. */
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

    /** Uses a code up: of two who come with the same one, the second finds nothing. */
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
