package app.headlight.services.runs;

import app.headlight.ground.people.PersonalRecords;
import app.headlight.services.models.Audience;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The runs that an account added. Those that others see stay, without its name; its own are deleted with it. */
@Component
class OwnRunRecords implements PersonalRecords {

    private final JdbcClient jdbc;

    OwnRunRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "runs";
    }

    @Override
    public List<Map<String, String>> export(long account) {
        return jdbc.sql("select id, name from recorded_run where owner_id = ? order by added_at, id")
                .param(account)
                .query((row, index) -> {
                    Map<String, String> run = new LinkedHashMap<>();
                    run.put("run", StoredRun.PATH + row.getString("id"));
                    run.put("name", row.getString("name"));
                    return run;
                })
                .list();
    }

    @Override
    public void delete(long account) {
        jdbc.sql("delete from recorded_run where owner_id = ? and audience = ?")
                .params(account, Audience.OWNER.name())
                .update();
        jdbc.sql("update recorded_run set owner_id = null where owner_id = ?")
                .param(account)
                .update();
    }
}
