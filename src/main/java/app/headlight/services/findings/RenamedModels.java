package app.headlight.services.findings;

import app.headlight.services.models.ModelRenamed;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Findings stay with their model when it gets another name: every version of them names it as it is named now. */
@Component
class RenamedModels {

    private final JdbcClient jdbc;

    RenamedModels(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void follow(ModelRenamed model) {
        jdbc.sql("update finding_version set model = ? where model = ?")
                .params(model.after(), model.before())
                .update();
    }
}
