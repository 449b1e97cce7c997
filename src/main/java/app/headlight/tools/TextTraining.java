package app.headlight.tools;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.text.BpeTraining;
import app.headlight.engine.text.HuggingFaceTokenizer;
import app.headlight.engine.text.Tokenizer;
import app.headlight.engine.training.Corpus;
import app.headlight.engine.training.PaperResults;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.TextExamples;
import app.headlight.engine.training.Training;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.training.TrainingState;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Trains a model on a text and writes it as a folder that Headlight stores at its next start. If it is interrupted and run
 * again, it continues from its last state.
 */
final class TextTraining {

    /** The token between two books in the texts of the shipped models; unknown characters become this token too. */
    private static final String END_OF_TEXT = "<|endoftext|>";

    private static final int STEPS_BETWEEN_STATES = 500;
    private static final int MEASURED_WINDOWS = 400;

    private final TrainCommand arguments;
    private final Path work;
    private final ModelFolder folder;

    TextTraining(TrainCommand arguments) {
        this.arguments = arguments;
        this.work = arguments.work();
        this.folder = new ModelFolder(arguments.folder());
    }

    void run() throws IOException {
        Files.createDirectories(work);
        String tokenizerJson = tokenizerJson();
        try (Tokenizer tokenizer = HuggingFaceTokenizer.of(tokenizerJson)) {
            Recipe recipe = arguments.recipe().withVocabulary(tokenizer.vocabularySize());
            say("reading %s", arguments.text());
            char[] text = tokens(arguments.text(), tokenizer);
            char[] validation = tokens(arguments.validation(), tokenizer);
            say("%,d tokens to train on, %,d to measure on", text.length, validation.length);
            TextExamples examples =
                    new TextExamples(text, validation, recipe.twice(), recipe.twiceLate(), recipe.vocabulary());
            if (folder.isWritten() && !Files.exists(work.resolve("state"))) {
                folder.write(examples.figures(recipe.context()));
                say("%s is trained already; the figures of its text were written again", folder.path());
                return;
            }
            Training training = begun(recipe, examples);
            training.run(new Saving(training));
            folder.write(
                    tokenizerJson, training.log(), card(training.log(), examples), examples.figures(recipe.context()));
            say("written to %s", folder.path());
        }
    }

    private Training begun(Recipe recipe, TextExamples examples) throws IOException {
        MatrixProducts products = MatrixProducts.fastest();
        Path state = work.resolve("state");
        if (!Files.exists(state)) {
            return Training.begin(recipe, examples, products, arguments.checkpoints());
        }
        TrainingLog log = TrainingLog.of(Files.readString(work.resolve("training.json")));
        if (!log.recipe().equals(recipe)) {
            throw new Refusal("there is an unfinished training of this name in " + work
                    + ", with another recipe; remove that folder to begin anew");
        }
        TrainingState from = TrainingState.of(recipe.config(), Files.readAllBytes(state));
        say("continuing from step %,d", from.step());
        return Training.resume(examples, products, arguments.checkpoints(), from, log);
    }

    /** The tokenizer of another model, or one that is learned from the text. */
    private String tokenizerJson() throws IOException {
        if (arguments.tokenizer() != null) {
            return Files.readString(arguments.tokenizer());
        }
        Path learnt = work.resolve("tokenizer.json");
        if (!Files.exists(learnt)) {
            say(
                    "learning a vocabulary of %,d tokens from %s",
                    arguments.recipe().vocabulary(), arguments.text());
            BpeTraining bpe = new BpeTraining(
                    arguments.recipe().vocabulary(), BpeTraining.Alphabet.CHARACTERS, List.of(END_OF_TEXT));
            try (BufferedReader lines = Files.newBufferedReader(arguments.text())) {
                for (String line; (line = lines.readLine()) != null; ) {
                    bpe.add(line + "\n");
                }
            }
            Files.writeString(learnt, bpe.learn().tokenizerJson());
        }
        return Files.readString(learnt);
    }

    private static char[] tokens(Path file, Tokenizer tokenizer) throws IOException {
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return Corpus.tokens(text, tokenizer);
        }
    }

    private Card card(TrainingLog log, TextExamples examples) throws IOException {
        Transformer model = folder.model(log);
        int context = log.recipe().context();
        SplittableRandom random = new SplittableRandom(7);
        List<int[]> unseen = new ArrayList<>();
        List<int[]> twice = new ArrayList<>();
        for (int i = 0; i < MEASURED_WINDOWS; i++) {
            unseen.add(new int[context]);
            examples.drawUnseen(random, unseen.getLast());
            twice.add(new int[context / 2 * 2]);
            examples.drawUnseenTwice(random, twice.getLast());
        }
        return new Card(
                arguments.name(),
                arguments.about(),
                log,
                PaperResults.loss(model, unseen),
                PaperResults.Halves.of(model, twice, context / 2),
                PaperResults.of(model));
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    /** Writes the checkpoints, from time to time the state of the training, and lines for people. */
    private final class Saving implements Training.Listener {

        private final Training training;
        private int measures;

        Saving(Training training) {
            this.training = training;
        }

        @Override
        public void stepped(Training.Progress progress) {
            if (progress.step() % STEPS_BETWEEN_STATES == 0) {
                save();
            }
        }

        @Override
        public void logged(TrainingLog log) {
            if (log.measures().size() > measures) {
                measures = log.measures().size();
                TrainingLog.Measure last = log.measures().getLast();
                say(
                        "step %,d of %,d: unseen %.4f, induction %.3f, %,.0f s",
                        last.step(), log.recipe().steps(), last.unseen(), last.induction(), log.seconds());
            }
        }

        @Override
        public void checkpoint(TrainingLog log, Weights weights) {
            try {
                folder.writeCheckpoint(log.recipe().config(), log.checkpoints().getLast(), weights);
            } catch (IOException full) {
                throw new Refusal("a checkpoint cannot be written: " + full.getMessage(), full);
            }
        }

        /** Writes under another name first, so that a file is always complete. */
        private void save() {
            try {
                Files.writeString(
                        work.resolve("training.json.new"), training.log().json());
                Files.write(work.resolve("state.new"), training.state().bytes());
                for (String file : List.of("training.json", "state")) {
                    Files.move(work.resolve(file + ".new"), work.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException full) {
                throw new Refusal("the state cannot be written: " + full.getMessage(), full);
            }
        }
    }
}
