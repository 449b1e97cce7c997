package app.headlight.services.models;

import app.headlight.ground.people.PersonalRecords;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The models that an account added: their names are exported; the models stay, and admins may delete them. */
@Component
class OwnModelRecords implements PersonalRecords {

    private final JdbcClient jdbc;

    OwnModelRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "models";
    }

    @Override
    public List<String> export(long account) {
        return jdbc.sql("select name from model where owner_id = ? order by name")
                .param(account)
                .query(String.class)
                .list();
    }

    @Override
    public void delete(long account) {
        jdbc.sql("update model set owner_id = null where owner_id = ?")
                .param(account)
                .update();
    }
}
