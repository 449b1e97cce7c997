package app.headlight.ground.people;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The settings of who may read and join: those of the configuration, and those that admins chose. */
@Component
public class Settings {

    private static final String OPEN = "open registration";

    private final JdbcClient jdbc;
    private final boolean isPrivate;

    Settings(JdbcClient jdbc, @Value("${headlight.private:false}") boolean isPrivate) {
        this.jdbc = jdbc;
        this.isPrivate = isPrivate;
    }

    /** Whether people who are not signed in see nothing; only by configuration. */
    public boolean isPrivate() {
        return isPrivate;
    }

    /** Whether anybody may join without an invitation. */
    public boolean isRegistrationOpen() {
        return jdbc.sql("select chosen from setting where name = ?")
                .param(OPEN)
                .query(String.class)
                .optional()
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    @Transactional
    public void openRegistration(boolean open) {
        jdbc.sql("delete from setting where name = ?").param(OPEN).update();
        jdbc.sql("insert into setting (name, chosen) values (?, ?)")
                .params(OPEN, Boolean.toString(open))
                .update();
    }
}
