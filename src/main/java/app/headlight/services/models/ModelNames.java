package app.headlight.services.models;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The names of the stored models, with those that they had before. */
@Repository
class ModelNames {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    ModelNames(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** Whether a model has this name or had it, whoever may see it. */
    boolean isTaken(String name) {
        return jdbc.sql("select (select count(*) from model where name = ?)"
                                + " + (select count(*) from former_name where name = ?)")
                        .params(name, name)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Whether it is this very model that once had the name. */
    boolean isFormer(long id, String name) {
        return jdbc.sql("select count(*) from former_name where model_id = ? and name = ?")
                        .params(id, name)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Gives a model another name, and tells whoever wrote the old one down: with the name, or not at all. */
    @Transactional
    public void rename(long id, String before, String after) {
        jdbc.sql("delete from former_name where model_id = ? and name = ?")
                .params(id, after)
                .update();
        jdbc.sql("update model set name = ? where id = ?").params(after, id).update();
        jdbc.sql("insert into former_name (name, model_id) values (?, ?)")
                .params(before, id)
                .update();
        events.publishEvent(new ModelRenamed(before, after));
    }
}
