package app.headlight.services.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes the tables {@code weights} and {@code weights_part}: safetensors files in parts, by model and step. */
final class WeightRows {

    private final JdbcClient jdbc;

    WeightRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The steps of the training whose weights are stored, rising. */
    List<Long> checkpoints(long id) {
        return jdbc.sql("select step from weights where model_id = ? and step >= 0 order by step")
                .param(id)
                .query(Long.class)
                .list();
    }

    /** A stored safetensors file, read part by part as it is asked for: of a checkpoint or the finished model. */
    SeekableByteChannel read(long id, long step) {
        long size = jdbc.sql("select size from weights where model_id = ? and step = ?")
                .params(id, step)
                .query(Long.class)
                .single();
        return new WeightsChannel(
                size,
                Parts.BYTES,
                part -> jdbc.sql("select bytes from weights_part where model_id = ? and step = ? and part = ?")
                        .params(id, step, part)
                        .query((row, index) -> row.getBytes(1))
                        .single());
    }

    /** Stores the weights of a step. */
    void copyCheckpoint(ModelSource source, long id, long step) throws IOException {
        String file = ModelSource.checkpoint(step);
        try (InputStream weights = source.open(file)) {
            if (weights == null) {
                throw new IOException(file + " is missing");
            }
            put(id, step, weights);
        }
    }

    /** A row of weights without a part yet, in place of those of the same step, if there are any. */
    void begin(long id, long step) {
        jdbc.sql("delete from weights where model_id = ? and step = ?")
                .params(id, step)
                .update();
        jdbc.sql("insert into weights (model_id, step, size) values (?, ?, 0)")
                .params(id, step)
                .update();
    }

    /** Stores a file of weights, part by part as it comes. */
    void put(long id, long step, InputStream file) throws IOException {
        begin(id, step);
        long copied = Parts.write(
                file,
                (part, bytes) -> jdbc.sql("insert into weights_part (model_id, step, part, bytes) values (?, ?, ?, ?)")
                        .params(id, step, part, bytes)
                        .update());
        jdbc.sql("update weights set size = ? where model_id = ? and step = ?")
                .params(copied, id, step)
                .update();
    }
}
