package app.headlight.tools;

import app.headlight.engine.text.BpeTraining;
import app.headlight.engine.text.HuggingFaceTokenizer;
import app.headlight.engine.text.Tokenizer;
import app.headlight.engine.training.Corpus;
import app.headlight.engine.training.PaperResults;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.TextExamples;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.Transformer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A text as a subject of training. */
final class TextSubject {

    /** The token between two books in the texts of the shipped models; unknown characters become this token too. */
    private static final String END_OF_TEXT = "<|endoftext|>";

    private static final int MEASURED_WINDOWS = 400;

    private final TrainCommand arguments;

    private TextSubject(TrainCommand arguments) {
        this.arguments = arguments;
    }

    /** Reads the texts, and learns a vocabulary from them where the command names none. */
    static Subject read(TrainCommand arguments) throws IOException {
        return new TextSubject(arguments).read();
    }

    private Subject read() throws IOException {
        String tokenizerJson = tokenizerJson();
        try (Tokenizer tokenizer = HuggingFaceTokenizer.of(tokenizerJson)) {
            Recipe recipe = arguments
                    .recipe()
                    .with()
                    .vocabulary(tokenizer.vocabularySize())
                    .build();
            CommandTraining.say("reading %s", arguments.text());
            char[] text = tokens(arguments.text(), tokenizer);
            char[] validation = tokens(arguments.validation(), tokenizer);
            CommandTraining.say("%,d tokens to train on, %,d to measure on", text.length, validation.length);
            TextExamples examples = new TextExamples(
                    text, validation, recipe.twice(), recipe.twiceLate(), recipe.twiceRandom(), recipe.vocabulary());
            return new Subject(recipe, examples, tokenizerJson, (log, model) -> card(log, model, examples));
        }
    }

    /** The tokenizer of another model, or one that is learned from the text. */
    private String tokenizerJson() throws IOException {
        if (arguments.tokenizer() != null) {
            return Files.readString(arguments.tokenizer());
        }
        Path learnt = arguments.work().resolve("tokenizer.json");
        if (!Files.exists(learnt)) {
            CommandTraining.say(
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

    private String card(TrainingLog log, Transformer model, TextExamples examples) {
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
                        PaperResults.of(model))
                .markdown();
    }
}
