package app.headlight.library;

import app.headlight.formats.ModelFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tables {@code model} and {@code weights_part}. */
@Repository
class ModelStore {

    /** Weights are stored in parts of this size; H2 bounds a bytea column at 2^20 bytes. */
    static final int PART_BYTES = 1 << 19;

    private static final String COLUMNS = "select id, name, content_hash, config, card, weights_bytes from model ";

    private final JdbcClient jdbc;

    ModelStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<StoredModel> all() {
        return jdbc.sql(COLUMNS + "order by name").query(ModelStore::model).list();
    }

    Optional<StoredModel> find(String name) {
        return jdbc.sql(COLUMNS + "where name = ?")
                .param(name)
                .query(ModelStore::model)
                .optional();
    }

    boolean holds(String name, String hash) {
        return jdbc.sql("select count(*) from model where name = ? and content_hash = ?")
                        .params(name, hash)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Nullable
    String tokenizer(long id) {
        return jdbc.sql("select tokenizer from model where id = ?")
                .param(id)
                .query((row, index) -> Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    /** The stored safetensors file, read part by part as it is asked for. */
    SeekableByteChannel weights(StoredModel model) {
        return new WeightsChannel(
                model.weightsBytes(),
                PART_BYTES,
                part -> jdbc.sql("select bytes from weights_part where model_id = ? and part = ?")
                        .params(model.id(), part)
                        .query((row, index) -> row.getBytes(1))
                        .single());
    }

    /**
     * Stores a model whole, in place of one of the same name. The check is shown the model as it stands in the
     * database; when it throws, nothing of the new model stays and the earlier one is as it was.
     */
    @Transactional(rollbackFor = Exception.class)
    void store(ModelSource source, String hash, ModelCheck check) throws IOException {
        jdbc.sql("delete from model where name = ?").param(source.name()).update();
        jdbc.sql("insert into model (name, content_hash, config, tokenizer, card, training, weights_bytes, stored_at)"
                        + " values (?, ?, ?, ?, ?, ?, 0, ?)")
                .params(Arrays.asList(
                        source.name(),
                        hash,
                        required(source, ModelSource.CONFIG),
                        text(source, ModelSource.TOKENIZER),
                        text(source, ModelSource.CARD),
                        text(source, ModelSource.TRAINING),
                        OffsetDateTime.now(ZoneOffset.UTC)))
                .update();
        long id = jdbc.sql("select id from model where name = ?")
                .param(source.name())
                .query(Long.class)
                .single();
        long bytes = copyWeights(source, id);
        jdbc.sql("update model set weights_bytes = ? where id = ?")
                .params(bytes, id)
                .update();
        check.check(find(source.name()).orElseThrow());
    }

    /** What a model must pass before it stays. */
    interface ModelCheck {
        void check(StoredModel model) throws IOException;
    }

    private long copyWeights(ModelSource source, long id) throws IOException {
        try (InputStream weights = source.open(ModelSource.WEIGHTS)) {
            if (weights == null) {
                throw new IOException(ModelSource.WEIGHTS + " is missing");
            }
            long copied = 0;
            byte[] bytes;
            for (int part = 0; (bytes = weights.readNBytes(PART_BYTES)).length > 0; part++) {
                jdbc.sql("insert into weights_part (model_id, part, bytes) values (?, ?, ?)")
                        .params(id, part, bytes)
                        .update();
                copied += bytes.length;
            }
            return copied;
        }
    }

    private static String required(ModelSource source, String file) throws IOException {
        String text = text(source, file);
        if (text == null) {
            throw new IOException(file + " is missing");
        }
        return text;
    }

    private static @Nullable String text(ModelSource source, String file) throws IOException {
        try (InputStream in = source.open(file)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static StoredModel model(ResultSet row, int index) throws SQLException {
        return new StoredModel(
                row.getLong("id"),
                row.getString("name"),
                row.getString("content_hash"),
                ModelFiles.readConfig(row.getString("config")),
                row.getString("card"),
                row.getLong("weights_bytes"));
    }
}
