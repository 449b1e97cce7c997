package app.headlight.services.models;

import app.headlight.engine.formats.Folding;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.training.TextFigures;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SeekableByteChannel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the table {@code model}, and with it {@link WeightRows}. */
@Repository
class ModelStore {

    private static final String COLUMNS =
            "select id, name, content_hash, config, card, warnings, folding, in_folder, uploaded,"
                    + " owner_id, audience from model ";

    private static final Logger LOG = System.getLogger(ModelStore.class.getName());

    private final JdbcClient jdbc;
    private final WeightRows weights;

    /** Hashes of the models that are known to be unreadable, so that each is logged only once. */
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    ModelStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.weights = new WeightRows(jdbc);
    }

    List<StoredModel> all() {
        return jdbc.sql(COLUMNS + "order by name").query(this::readable).list().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** A model by its name, or by one that it had before. */
    Optional<StoredModel> find(String name) {
        return jdbc
                .sql(COLUMNS + "where name = ? or id = (select model_id from former_name where name = ?)"
                        + " order by case when name = ? then 0 else 1 end")
                .params(name, name, name)
                .query(this::readable)
                .list()
                .stream()
                .findFirst()
                .flatMap(model -> model);
    }

    /** Why models that an earlier version stored are left out, by their names. */
    Map<String, String> unreadable() {
        Map<String, String> reasons = new TreeMap<>();
        jdbc.sql("select name, config from model where audience = 'ALL'").query((RowCallbackHandler) row -> {
            try {
                ModelFiles.readConfig(row.getString("config"));
            } catch (Refusal refused) {
                reasons.put(row.getString("name"), refused.getMessage());
            }
        });
        return reasons;
    }

    /**
     * The model that opens first: the first by name of those that are to, or else of all that can be read.
     *
     * @param isThere which of them this server has
     */
    Optional<StoredModel> first(Predicate<StoredModel> isThere) {
        return jdbc.sql(COLUMNS + "order by opens_first desc, name").query(this::readable).list().stream()
                .flatMap(Optional::stream)
                .filter(isThere)
                .findFirst();
    }

    /** Says of a stored model whether it is to open first. */
    void opensFirst(String name, boolean first) {
        jdbc.sql("update model set opens_first = ? where name = ?")
                .params(first, name)
                .update();
    }

    /** How many models an account has added. */
    int ownedBy(long account) {
        return jdbc.sql("select count(*) from model where owner_id = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }

    /** Says who sees a model. */
    void show(long id, Audience audience) {
        jdbc.sql("update model set audience = ? where id = ?")
                .params(audience.name(), id)
                .update();
    }

    /** Deletes one very model, not another that has its name by now. */
    void delete(long id) {
        jdbc.sql("delete from model where id = ?").param(id).update();
    }

    /** The models that were not checked for warnings yet. */
    List<StoredModel> unchecked() {
        return jdbc.sql(COLUMNS + "where warnings is null").query(this::readable).list().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Stores the warnings of a model. */
    void warn(long id, List<String> warnings) {
        jdbc.sql("update model set warnings = ? where id = ?")
                .params(JsonMapper.shared().writeValueAsString(warnings), id)
                .update();
    }

    boolean holds(String name, String hash) {
        return jdbc.sql("select count(*) from model where name = ? and content_hash = ?")
                        .params(name, hash)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The file {@code config.json} as it was stored. */
    String config(long id) {
        return String.valueOf(text(id, "config"));
    }

    @Nullable
    String tokenizer(long id) {
        return text(id, "tokenizer");
    }

    /** The tokenizer's {@code tokenizer_config.json}; null where it has none. */
    @Nullable
    String tokenizerConfig(long id) {
        return text(id, "tokenizer_config");
    }

    /** The record of the model's training, {@code training.json}; null where it has none. */
    @Nullable
    String training(long id) {
        return text(id, "training");
    }

    /** What the model's text is like, {@code text.json}; null where nothing is kept of it. */
    @Nullable
    String textFigures(long id) {
        return text(id, "text_figures");
    }

    private @Nullable String text(long id, String column) {
        return jdbc.sql("select " + column + " from model where id = ?")
                .param(id)
                .query((row, index) -> Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    /** The steps of the training whose weights are stored, rising. */
    List<Long> checkpoints(long id) {
        return weights.checkpoints(id);
    }

    /** A stored safetensors file: of a checkpoint or the finished model. */
    SeekableByteChannel weights(long id, long step) {
        return weights.read(id, step);
    }

    /**
     * Stores a model whole, in place of one of the same name. The check is shown the model as it stands in the
     * database; when it throws, nothing of the new model stays and the earlier one is as it was.
     *
     * @param inFolder whether the weights stay in the folder
     */
    @Transactional(rollbackFor = Exception.class)
    void store(ModelSource source, String hash, boolean inFolder, ModelCheck check) throws IOException {
        if (find(source.name()).filter(StoredModel::uploaded).isPresent()) {
            throw new Refusal("somebody added another model of that name; rename one of them");
        }
        jdbc.sql("delete from model where name = ?").param(source.name()).update();
        store(source, source.name(), null, Audience.ALL, hash, inFolder, check);
    }

    /**
     * The same, under a name that somebody chose and that no model has.
     *
     * @param owner the account that adds it; null for nobody
     */
    @Transactional(rollbackFor = Exception.class)
    void store(
            ModelSource source,
            String name,
            @Nullable Long owner,
            Audience audience,
            String hash,
            boolean inFolder,
            ModelCheck check)
            throws IOException {
        String config = source.text(ModelSource.CONFIG);
        if (config == null) {
            throw new IOException(ModelSource.CONFIG + " is missing");
        }
        ModelFiles.readConfig(config);
        String fold = source.text(ModelSource.FOLD);
        Set<Folding.Step> folding = fold == null ? Set.of() : Folding.Step.named(fold);
        jdbc.sql("insert into model (name, content_hash, config, tokenizer, tokenizer_config, card, training,"
                        + " text_figures, folding, in_folder, uploaded, owner_id, audience, stored_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        name,
                        hash,
                        config,
                        source.text(ModelSource.TOKENIZER),
                        source.text(ModelSource.TOKENIZER_CONFIG),
                        source.text(ModelSource.CARD),
                        source.text(ModelSource.TRAINING),
                        source.text(ModelSource.TEXT),
                        folding.stream().map(Folding.Step::label).collect(Collectors.joining(" ")),
                        inFolder,
                        owner != null,
                        owner,
                        audience.name(),
                        OffsetDateTime.now(ZoneOffset.UTC)))
                .update();
        long id = jdbc.sql("select id from model where name = ?")
                .param(name)
                .query(Long.class)
                .single();
        if (inFolder) {
            weights.begin(id, OpenModel.FINISHED);
        } else {
            try (InputStream finished = source.openWeights()) {
                weights.put(id, OpenModel.FINISHED, finished);
            }
        }
        String training = training(id);
        for (long step :
                training == null ? List.<Long>of() : TrainingLog.of(training).earlierCheckpoints()) {
            if (inFolder) {
                weights.begin(id, step);
            } else {
                weights.copyCheckpoint(source, id, step);
            }
        }
        warn(id, check.check(find(name).orElseThrow()));
    }

    /**
     * Keeps the weights of a model that is being trained, as those of a step and as the model's own, and makes the model
     * where it is not stored yet.
     *
     * @param hash of the weights
     */
    @Transactional
    void keep(
            String name,
            Config config,
            @Nullable String tokenizer,
            String card,
            TrainingLog log,
            TextFigures figures,
            long step,
            byte[] file,
            String hash) {
        if (find(name).isEmpty()) {
            jdbc.sql("insert into model (name, content_hash, config, tokenizer, text_figures, stored_at, warnings)"
                            + " values (?, ?, ?, ?, ?, ?, '[]')")
                    .params(Arrays.asList(
                            name,
                            hash,
                            ModelFiles.writeConfig(config),
                            tokenizer,
                            figures.json(),
                            OffsetDateTime.now(ZoneOffset.UTC)))
                    .update();
        }
        jdbc.sql("update model set content_hash = ?, card = ?, training = ? where name = ?")
                .params(hash, card, log.json(), name)
                .update();
        long id = find(name).orElseThrow().id();
        try {
            weights.put(id, step, new ByteArrayInputStream(file));
            weights.put(id, OpenModel.FINISHED, new ByteArrayInputStream(file));
        } catch (IOException neverFromMemory) {
            throw new UncheckedIOException(neverFromMemory);
        }
    }

    @Transactional
    void delete(String name) {
        jdbc.sql("delete from model where name = ?").param(name).update();
    }

    /** The check that a model must pass before it is stored. */
    interface ModelCheck {

        /** @return the warnings of the model */
        List<String> check(StoredModel model) throws IOException;
    }

    private static List<String> found(@Nullable String warnings) {
        return warnings == null ? List.of() : List.of(JsonMapper.shared().readValue(warnings, String[].class));
    }

    /** A row's model; empty where an earlier version stored what this one refuses. */
    private Optional<StoredModel> readable(ResultSet row, int index) throws SQLException {
        String name = row.getString("name");
        String hash = row.getString("content_hash");
        try {
            return Optional.of(new StoredModel(
                    row.getLong("id"),
                    name,
                    hash,
                    ModelFiles.readConfig(row.getString("config")),
                    found(row.getString("warnings")),
                    row.getString("card"),
                    row.getString("folding").isEmpty() ? Set.of() : Folding.Step.named(row.getString("folding")),
                    row.getBoolean("in_folder"),
                    row.getBoolean("uploaded"),
                    row.getObject("owner_id", Long.class),
                    Audience.valueOf(row.getString("audience"))));
        } catch (Refusal refused) {
            if (said.add(hash)) {
                LOG.log(Level.WARNING, "left out the stored model {0}: {1}", name, refused.getMessage());
            }
            return Optional.empty();
        }
    }
}
