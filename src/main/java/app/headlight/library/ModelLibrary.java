package app.headlight.library;

import app.headlight.training.TextFigures;
import app.headlight.training.TrainingLog;
import app.headlight.transformer.Intervention;
import app.headlight.transformer.Run;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * The stored models, each read from the database once and kept in memory, and their runs. Both memories are bounded by
 * shares of the heap there is, native memory counted with it; who asks for what another is just computing waits for that
 * one computation.
 */
@Service
public class ModelLibrary {

    private final ModelStore store;
    private final ModelReader reader;
    private final Cache<String, OpenModel> models;
    private final Cache<RunKey, Run> runs;
    private final Cache<String, Optional<TrainingLog>> trainings =
            Caffeine.newBuilder().maximumSize(100).build();

    private final Cache<String, Optional<TextFigures>> figures =
            Caffeine.newBuilder().maximumSize(20).build();

    ModelLibrary(
            ModelStore store,
            ModelReader reader,
            @Value("${headlight.cache.models-percent:25}") int modelsPercent,
            @Value("${headlight.cache.runs-percent:20}") int runsPercent) {
        this.store = store;
        this.reader = reader;
        models = bounded("models", modelsPercent, (hash, model) -> kilobytes(model.bytes()));
        runs = bounded("runs", runsPercent, (key, run) -> kilobytes(run.bytes()));
    }

    /** Every stored model, by name. */
    public List<StoredModel> models() {
        return store.all();
    }

    /** The stored model of that name, in memory; empty where none is stored. */
    public Optional<OpenModel> open(String name) {
        return open(name, OpenModel.FINISHED);
    }

    /** The stored model as it was after a step of its training; empty where those weights are not stored. */
    public Optional<OpenModel> open(String name, long step) {
        return store.find(name).flatMap(stored -> {
            if (step == OpenModel.FINISHED || isLast(stored, step)) {
                return Optional.of(opened(stored, OpenModel.FINISHED));
            }
            return store.checkpoints(stored.id()).contains(step) ? Optional.of(opened(stored, step)) : Optional.empty();
        });
    }

    private OpenModel opened(StoredModel stored, long step) {
        return models.get(OpenModel.key(stored, step), key -> read(stored, step));
    }

    /** The last checkpoint is the finished model itself. */
    private boolean isLast(StoredModel stored, long step) {
        return training(stored)
                .map(TrainingLog::checkpoints)
                .filter(steps -> !steps.isEmpty() && steps.getLast() == step)
                .isPresent();
    }

    /** How the model was trained; empty where nothing is recorded of that. */
    public Optional<TrainingLog> training(StoredModel stored) {
        return trainings.get(
                OpenModel.key(stored, OpenModel.FINISHED),
                key -> Optional.ofNullable(store.training(stored.id())).map(TrainingLog::of));
    }

    /** What the model's text is like; empty where nothing is kept of it. */
    public Optional<TextFigures> textFigures(StoredModel stored) {
        return figures.get(
                OpenModel.key(stored, OpenModel.FINISHED),
                key -> Optional.ofNullable(store.textFigures(stored.id())).map(TextFigures::of));
    }

    /** The run of a model on some tokens. */
    public Run run(OpenModel model, int[] tokens, List<Intervention> interventions) {
        RunKey key = new RunKey(model.key(), tokens, interventions);
        return runs.get(key, k -> model.transformer().run(tokens, interventions));
    }

    private OpenModel read(StoredModel stored, long step) {
        try {
            return reader.read(stored, step);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static <K, V> Cache<K, V> bounded(String what, int percent, Weigher<K, V> kilobytes) {
        if (percent < 1 || percent > 60) {
            throw new IllegalArgumentException(
                    "headlight.cache." + what + "-percent is " + percent + "; expected 1 to 60 percent of the heap");
        }
        return Caffeine.newBuilder()
                .maximumWeight(Runtime.getRuntime().maxMemory() / 1024 * percent / 100)
                .weigher(kilobytes)
                .build();
    }

    /** Caffeine weighs in ints, so that bytes would overflow. */
    private static int kilobytes(long bytes) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, 1 + bytes / 1024));
    }

    /** What a run depends on. */
    private record RunKey(String model, int[] tokens, List<Intervention> interventions) {

        RunKey {
            tokens = tokens.clone();
            interventions = List.copyOf(interventions);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof RunKey key
                    && model.equals(key.model)
                    && Arrays.equals(tokens, key.tokens)
                    && interventions.equals(key.interventions);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * model.hashCode() + Arrays.hashCode(tokens)) + interventions.hashCode();
        }
    }
}
