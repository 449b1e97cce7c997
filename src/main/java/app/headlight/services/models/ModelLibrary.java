package app.headlight.services.models;

import app.headlight.engine.training.TextFigures;
import app.headlight.engine.training.TrainingLog;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.SignedIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The stored models, each read from the database once and kept in {@link Memory} as long as there is room. */
@Service
public class ModelLibrary {

    private final ModelStore store;
    private final ModelNames names;
    private final ModelReader reader;
    private final Memory memory;

    private final SignedIn signedIn;

    ModelLibrary(ModelStore store, ModelNames names, ModelReader reader, Memory memory, SignedIn signedIn) {
        this.names = names;
        this.signedIn = signedIn;
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

    /** Every stored model that whoever asks may see, by name. */
    public List<StoredModel> models() {
        return store.all().stream().filter(this::isSeen).toList();
    }

    /** A stored model, if whoever asks may see it. */
    public Optional<StoredModel> find(String name) {
        return store.find(name).filter(this::isSeen);
    }

    /** Whether a model has this name or had it, also one that whoever asks may not see. */
    public boolean isTaken(String name) {
        return names.isTaken(name);
    }

    private boolean isSeen(StoredModel model) {
        return model.audience() == Audience.ALL
                || model.audience().includes(signedIn.current().orElse(null), model.owner());
    }

    /** The content hash of a stored model, whoever may see it; empty where none is stored. */
    public Optional<String> hash(String name) {
        return store.find(name).map(StoredModel::hash);
    }

    /**
     * The stored model of that name in memory, for work that goes on without the person who asked for it.
     *
     * @param somebody who asked for the work; null: nobody (any more), who sees what everybody sees
     */
    public Optional<OpenModel> openFor(@Nullable Account somebody, String name) {
        return store.find(name)
                .filter(stored -> stored.audience().includes(somebody, stored.owner()))
                .map(stored -> opened(stored, OpenModel.FINISHED));
    }

    /** The stored model of that name, in memory; empty where none is stored. */
    public Optional<OpenModel> open(String name) {
        return open(name, OpenModel.FINISHED);
    }

    /** The model that opens where none is named, of those that everybody sees and whose weights this server has. */
    public Optional<OpenModel> first() {
        return store.first(model -> model.audience() == Audience.ALL && reader.has(model))
                .map(stored -> opened(stored, OpenModel.FINISHED));
    }

    /** The stored model as it was after a step of its training; empty where those weights are not stored. */
    public Optional<OpenModel> open(String name, long step) {
        return find(name).flatMap(stored -> {
            if (step == OpenModel.FINISHED || isLast(stored, step)) {
                return Optional.of(opened(stored, OpenModel.FINISHED));
            }
            return store.checkpoints(stored.id()).contains(step) ? Optional.of(opened(stored, step)) : Optional.empty();
        });
    }

    /** The model with these very weights, for work that goes on after someone who saw it had asked; empty where they are gone. */
    public Optional<OpenModel> reopened(ModelRef asked) {
        return store.find(asked.name())
                .filter(stored -> stored.hash().equals(asked.hash()))
                .map(stored -> opened(stored, asked.step()));
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
