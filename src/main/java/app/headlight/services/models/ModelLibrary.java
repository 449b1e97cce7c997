package app.headlight.services.models;

import app.headlight.engine.training.TextFigures;
import app.headlight.engine.training.TrainingLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** The stored models, each read from the database once and kept in {@link Memory} as long as there is room. */
@Service
public class ModelLibrary {

    private final ModelStore store;
    private final ModelReader reader;
    private final Memory memory;

    ModelLibrary(ModelStore store, ModelReader reader, Memory memory) {
        this.store = store;
        this.reader = reader;
        this.memory = memory;
    }

    /** Something that is kept of a stored model beside its weights. */
    private record Beside(ModelRef model, String what) implements Memory.OfModel {

        @Override
        public boolean isOf(ModelRef other) {
            return model.equals(other);
        }
    }

    /** Every stored model, by name. */
    public List<StoredModel> models() {
        return store.all();
    }

    /** The stored model of that name, in memory; empty where none is stored. */
    public Optional<OpenModel> open(String name) {
        return open(name, OpenModel.FINISHED);
    }

    /** The model that opens where none is named; empty where none is stored. */
    public Optional<OpenModel> first() {
        return store.first().map(stored -> opened(stored, OpenModel.FINISHED));
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
        return memory.get(ModelRef.of(stored, step), () -> read(stored, step), OpenModel::bytes);
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
        return beside(
                stored,
                "training",
                () -> Optional.ofNullable(store.training(stored.id())).map(TrainingLog::of));
    }

    /** What the model's text is like; empty where nothing is kept of it. */
    public Optional<TextFigures> textFigures(StoredModel stored) {
        return beside(
                stored,
                "text figures",
                () -> Optional.ofNullable(store.textFigures(stored.id())).map(TextFigures::of));
    }

    private <V> V beside(StoredModel stored, String what, Supplier<V> read) {
        return memory.get(new Beside(ModelRef.of(stored, OpenModel.FINISHED), what), read, HeldBytes::of);
    }

    private OpenModel read(StoredModel stored, long step) {
        try {
            return reader.read(stored, step);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
