package app.headlight.library;

import app.headlight.formats.ModelFiles;
import app.headlight.formats.SafetensorsWriter.Precision;
import app.headlight.library.TrainingClaims.Claim;
import app.headlight.library.TrainingClaims.LostClaimException;
import app.headlight.library.TrainingJob.State;
import app.headlight.tensor.MatrixProducts;
import app.headlight.text.BpeTraining;
import app.headlight.text.HuggingFaceTokenizer;
import app.headlight.text.Tokenizer;
import app.headlight.training.Corpus;
import app.headlight.training.Examples;
import app.headlight.training.Recipe;
import app.headlight.training.Task;
import app.headlight.training.TextExamples;
import app.headlight.training.TextFigures;
import app.headlight.training.Training;
import app.headlight.training.Training.Progress;
import app.headlight.training.TrainingLog;
import app.headlight.training.TrainingState;
import app.headlight.transformer.Weights;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One training's turn: from where it was left to its end, or to where someone wants it left. Whatever it writes, it writes
 * while its claim holds; one that has lost it to another server ends with a {@link LostClaimException}.
 */
final class TrainingTurn implements Training.Listener {

    private static final int CHECKPOINTS = 18;
    private static final long SAVE_EVERY = 15_000_000_000L;
    private static final long TELL_EVERY = 300_000_000L;
    private static final String END_OF_TEXT = "<|endoftext|>";

    /** A twentieth of a text is measured on and not trained on. */
    private static final int MEASURED = 20;

    private final TrainingJob job;
    private final Claim claim;
    private final TrainingClaims claims;
    private final TrainingStore store;
    private final ModelStore models;
    private final MatrixProducts products;
    private final Runnable changed;
    private volatile @Nullable State leaving;
    private volatile boolean lost;
    private volatile @Nullable Progress progress;
    private volatile @Nullable TrainingLog log;
    private @Nullable Training training;
    private @Nullable String tokenizer;
    private @Nullable TextFigures figures;
    private long saved = System.nanoTime();
    private long told;

    TrainingTurn(
            TrainingJob job,
            Claim claim,
            TrainingClaims claims,
            TrainingStore store,
            ModelStore models,
            MatrixProducts products,
            Runnable changed) {
        this.job = job;
        this.claim = claim;
        this.claims = claims;
        this.store = store;
        this.models = models;
        this.products = products;
        this.changed = changed;
    }

    TrainingJob job() {
        return job;
    }

    @Nullable
    Progress progress() {
        return progress;
    }

    @Nullable
    TrainingLog log() {
        return log;
    }

    Claim claim() {
        return claim;
    }

    /** Leaves it after the step that it is at; it is then in that state. */
    void leave(State state) {
        leaving = state;
    }

    /** Leaves it after the step that it is at, and writes nothing more: it is another's. */
    void lose() {
        lost = true;
    }

    void run() {
        Examples examples = job.recipe().task() == Task.TEXT ? text() : Examples.of(job.recipe());
        figures = examples.figures(job.recipe().context());
        Training training = begun(examples);
        this.training = training;
        log = training.log();
        claims.say(claim, null);
        training.run(this);
        if (lost) {
            throw new LostClaimException(claim);
        }
        State ended = training.isDone() ? State.DONE : Objects.requireNonNull(leaving);
        claims.holding(claim, () -> end(training, ended));
    }

    private void end(Training training, State ended) {
        if (ended.isOpen()) {
            save(training);
        } else {
            if (ended == State.STOPPED) {
                keep(training.keepNow());
            }
            store.save(job.id(), training.log(), new byte[0]);
            store.drop(job.id());
        }
        claims.end(claim, ended, null);
    }

    private Training begun(Examples examples) {
        byte[] state = store.state(job.id());
        TrainingLog before = job.log();
        Recipe recipe = store.find(job.id()).orElseThrow().recipe();
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
                throw new IllegalArgumentException(String.format(
                        "The text has %,d tokens; a context of %,d needs %,d at least.",
                        tokens.length, recipe.context(), MEASURED * (recipe.context() + 1)));
            }
            recipe = recipe.withVocabulary(reading.vocabularySize());
            Recipe turnedOut = recipe;
            claims.holding(claim, () -> store.setTokenizer(job.id(), turnedOut, tokenizer));
            return new TextExamples(
                    Arrays.copyOf(tokens, tokens.length - measured),
                    Arrays.copyOfRange(tokens, tokens.length - measured, tokens.length),
                    recipe.twice(),
                    recipe.twiceLate(),
                    recipe.vocabulary());
        } catch (IOException neverFromMemory) {
            throw new UncheckedIOException(neverFromMemory);
        }
    }

    @Override
    public boolean leave() {
        return lost || leaving != null;
    }

    @Override
    public void stepped(Progress now) {
        progress = now;
        if (System.nanoTime() - told > TELL_EVERY) {
            told = System.nanoTime();
            changed.run();
        }
        if (training != null && System.nanoTime() - saved > SAVE_EVERY) {
            claims.holding(claim, () -> save(training));
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
        claims.holding(claim, () -> {
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
        byte[] file = ModelFiles.writeWeights(grown.recipe().config(), weights, Precision.F16);
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
        store.save(job.id(), now.log(), now.state().bytes());
        claims.saved(claim);
    }

    private String card(TrainingLog grown) {
        return "# " + job.name() + "\nTrained on this server: " + grown.recipe().inWords() + ".\n";
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
