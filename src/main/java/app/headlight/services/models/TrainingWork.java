package app.headlight.services.models;

import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.SafetensorsWriter.Precision;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.text.BpeTraining;
import app.headlight.engine.text.HuggingFaceTokenizer;
import app.headlight.engine.text.Tokenizer;
import app.headlight.engine.training.Corpus;
import app.headlight.engine.training.Examples;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Task;
import app.headlight.engine.training.TextExamples;
import app.headlight.engine.training.TextFigures;
import app.headlight.engine.training.Training;
import app.headlight.engine.training.Training.Checkpoints;
import app.headlight.engine.training.Training.Progress;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.training.TrainingState;
import app.headlight.engine.transformer.Weights;
import app.headlight.services.jobs.Job.State;
import app.headlight.services.jobs.JobKind.Ending;
import app.headlight.services.jobs.Turn;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One turn's work at a training: from where it was left to its end, or to where it is wanted left. */
final class TrainingWork implements Training.Listener {

    static final Checkpoints CHECKPOINTS = Checkpoints.about(18);
    private static final long SAVE_EVERY = Duration.ofSeconds(15).toNanos();
    private static final long LOG_EVERY = Duration.ofSeconds(2).toNanos();
    private static final String END_OF_TEXT = "<|endoftext|>";

    /** A twentieth of a text is measured on and not trained on. */
    private static final int MEASURED = 20;

    private final TrainingJob job;
    private final Turn turn;
    private final TrainingStore store;
    private final ModelStore models;
    private final MatrixProducts products;
    private volatile @Nullable TrainingLog log;
    private @Nullable Training training;
    private @Nullable String tokenizer;
    private @Nullable TextFigures figures;
    private long saved = System.nanoTime();
    private long logged = saved;

    TrainingWork(TrainingJob job, Turn turn, TrainingStore store, ModelStore models, MatrixProducts products) {
        this.job = job;
        this.turn = turn;
        this.store = store;
        this.models = models;
        this.products = products;
    }

    long id() {
        return job.id();
    }

    @Nullable
    TrainingLog log() {
        return log;
    }

    Ending run() {
        Examples examples = job.recipe().task() == Task.TEXT ? text() : Examples.of(job.recipe());
        figures = examples.figures(job.recipe().context());
        Training training = begun(examples);
        this.training = training;
        log = training.log();
        training.run(this);
        if (turn.isStopped()) {
            training.keepNow(); // measures, which takes too long for the transaction
        }
        return new Ending(training.isDone(), state -> end(training, state));
    }

    private void end(Training training, State ended) {
        if (ended == State.STOPPED) {
            keep(training.keepNow());
        }
        store.log(job.id(), training.log());
        if (ended.isOpen()) {
            store.state(job.id(), training.state().bytes());
        } else {
            store.drop(job.id());
        }
    }

    private Training begun(Examples examples) {
        byte[] state = store.state(job.id());
        TrainingLog before = job.log();
        Recipe recipe = store.find(job.job()).orElseThrow().recipe();
        return state.length == 0 || before == null
                ? Training.begin(recipe, examples, products, CHECKPOINTS)
                : Training.resume(examples, products, CHECKPOINTS, TrainingState.of(recipe.config(), state), before);
    }

    private Examples text() {
        String text = store.text(job.id());
        Recipe recipe = job.recipe();
        tokenizer = store.tokenizer(job.id());
        if (tokenizer == null) {
            BpeTraining bpe =
                    new BpeTraining(recipe.vocabulary(), BpeTraining.Alphabet.CHARACTERS, List.of(END_OF_TEXT));
            text.lines().forEach(line -> bpe.add(line + "\n"));
            tokenizer = bpe.learn().tokenizerJson();
        }
        try (Tokenizer reading = HuggingFaceTokenizer.of(tokenizer)) {
            char[] tokens = Corpus.tokens(new StringReader(text), reading);
            int measured = tokens.length / MEASURED;
            if (measured <= recipe.context()) {
                throw new Refusal(String.format(
                        "The text has %,d tokens; a context of %,d needs %,d at least.",
                        tokens.length, recipe.context(), MEASURED * (recipe.context() + 1)));
            }
            recipe = recipe.with().vocabulary(reading.vocabularySize()).build();
            Recipe turnedOut = recipe;
            turn.write(() -> store.setTokenizer(job.id(), turnedOut, tokenizer));
            return new TextExamples(
                    Arrays.copyOf(tokens, tokens.length - measured),
                    Arrays.copyOfRange(tokens, tokens.length - measured, tokens.length),
                    recipe.twice(),
                    recipe.twiceLate(),
                    recipe.twiceRandom(),
                    recipe.vocabulary());
        } catch (IOException neverFromMemory) {
            throw new UncheckedIOException(neverFromMemory);
        }
    }

    @Override
    public boolean leave() {
        return turn.leave();
    }

    @Override
    public void stepped(Progress now) {
        turn.progress(now::json);
        long time = System.nanoTime();
        if (training != null && time - saved > SAVE_EVERY) {
            turn.save(() -> save(training));
        } else if (time - logged > LOG_EVERY) {
            turn.write(() -> note(Objects.requireNonNull(log)));
        }
    }

    @Override
    public void logged(TrainingLog grown) {
        log = grown;
    }

    @Override
    public void checkpoint(TrainingLog grown, Weights weights) {
        log = grown;
        // both or neither, so that no checkpoint is kept of a step that a restart forgets
        turn.save(() -> {
            keep(grown, weights);
            if (training != null) {
                save(training);
            }
        });
    }

    private void keep(Training.Kept kept) {
        keep(kept.log(), kept.weights());
    }

    private void keep(TrainingLog grown, Weights weights) {
        byte[] file = file(grown, weights);
        models.keep(
                job.name(),
                grown.recipe().config(),
                tokenizer,
                card(grown),
                grown,
                Objects.requireNonNull(figures),
                grown.checkpoints().getLast(),
                file,
                hash(file));
    }

    private void save(Training now) {
        saved = System.nanoTime();
        note(now.log());
        store.state(job.id(), now.state().bytes());
    }

    private void note(TrainingLog grown) {
        logged = System.nanoTime();
        store.log(job.id(), grown);
    }

    private String card(TrainingLog grown) {
        return "# " + job.name() + "\nTrained on this server: " + grown.recipe().inWords() + ".\n";
    }

    /** Weights as they are stored. */
    static byte[] file(TrainingLog grown, Weights weights) {
        return ModelFiles.writeWeights(grown.recipe().config(), weights, Precision.F16);
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
