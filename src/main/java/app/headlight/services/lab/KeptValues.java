package app.headlight.services.lab;

import app.headlight.services.models.ModelRef;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where a {@link Laboratory} keeps small values that cost much, so that the next process need not measure them again. */
interface KeptValues {

    /** Keeps nothing. */
    KeptValues NONE = new KeptValues() {
        @Override
        public Optional<String> find(ModelRef model, String what) {
            return Optional.empty();
        }

        @Override
        public void keep(ModelRef model, String what, String value) {
            // measured again when it is asked for again
        }
    };

    Optional<String> find(ModelRef model, String what);

    /** Keeps a value; where it cannot be kept it will be measured again, and nobody need know. */
    void keep(ModelRef model, String what, String value);

    /** Values in the database. */
    @Component
    final class InDatabase implements KeptValues {

        private static final Logger LOG = LoggerFactory.getLogger(KeptValues.class);

        private final JdbcClient jdbc;

        InDatabase(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public Optional<String> find(ModelRef model, String what) {
            return jdbc.sql("select kept from kept_value where model_hash = ? and step = ? and what = ?")
                    .params(model.hash(), model.step(), what)
                    .query(String.class)
                    .optional();
        }

        @Override
        public void keep(ModelRef model, String what, String value) {
            try {
                jdbc.sql("delete from kept_value where model_hash not in (select content_hash from model)")
                        .update();
                jdbc.sql("insert into kept_value (model_hash, step, what, kept) values (?, ?, ?, ?)")
                        .params(model.hash(), model.step(), what, value)
                        .update();
            } catch (DuplicateKeyException anotherServerJustDid) {
                // the same value, of the same weights
            } catch (DataAccessException unkept) {
                LOG.warn("{} of {} could not be kept: {}", what, model.name(), unkept.getMessage());
            }
        }
    }
}
