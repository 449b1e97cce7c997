package app.headlight.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.circuits.Composition;
import app.headlight.engine.circuits.CompositionGraph;
import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.circuits.modular.ModularCircuit;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.text.HuggingFaceTokenizer;
import app.headlight.engine.text.Tokenizer;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The paper's results on the models that are shipped, measured on their files: on repeated random tokens, on a fable
 * written for this test, and on what was recorded on the validation text when they were trained.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedModelsTest {

    private static final List<String> NAMES =
            List.of("storybook-0l", "storybook-1l", "storybook-2l", "storybook-2l-stories");
    /** Those that show what the paper shows of two layers and more. */
    private static final List<String> TEXTBOOK = List.of("storybook-2l");

    /** What storybook-2l reaches; docs/models.md has what was tried to reach 0.9. */
    private static final double INDUCTION = 0.7;

    private static final int WINDOW = 128;

    /** Seeds of texts that were used nowhere else. */
    private static final long[] FRESH = {90_001, 90_002, 90_003, 90_004, 90_005, 90_006, 90_007, 90_008};

    private final Map<String, Transformer> models = new TreeMap<>();
    private final Map<String, TrainingLog> logs = new TreeMap<>();
    private final Map<String, PaperResults> results = new TreeMap<>();
    private final Map<String, Double> fable = new TreeMap<>();
    private final List<int[]> windows = new ArrayList<>();

    @BeforeAll
    void measure() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/fable.txt"));
        try (Tokenizer tokenizer =
                HuggingFaceTokenizer.of(Files.readString(folder("storybook-2l").resolve("tokenizer.json")))) {
            int[] tokens = tokenizer.encode(text);
            for (int from = 0; from + WINDOW <= tokens.length; from += WINDOW) {
                windows.add(Arrays.copyOfRange(tokens, from, from + WINDOW));
            }
        }
        for (String name : NAMES) {
            Transformer model = load(folder(name));
            models.put(name, model);
            logs.put(name, TrainingLog.of(Files.readString(folder(name).resolve("training.json"))));
            results.put(name, PaperResults.of(model));
            fable.put(name, PaperResults.loss(model, windows));
        }
    }

    /** What its card says, measured on its file: long after it knew the training pairs it found waves that add. */
    @Test
    void modularAdditionAddsAllPairsByAFewFrequencies() throws IOException {
        ModularCircuit circuit = ModularCircuit.of(load(folder("modular-addition")), Progress.UNWATCHED);
        assertThat(circuit.right()).isEqualTo(1);
        assertThat(circuit.loss()).isLessThan(0.01);
        assertThat(circuit.key()).containsExactly(17, 6, 26);
        assertThat(circuit.key().stream()
                        .mapToDouble(k -> circuit.logits()[k - 1])
                        .sum())
                .isGreaterThan(0.9);
        assertThat(circuit.keyLoss()).isLessThan(circuit.loss());
        assertThat(circuit.neurons().stream().filter(neuron -> neuron.share() >= 0.85))
                .as("most neurons have one frequency each")
                .hasSizeGreaterThan(circuit.neurons().size() / 2);
        TrainingLog log =
                TrainingLog.of(Files.readString(folder("modular-addition").resolve("training.json")));
        assertThat(log.losses().stream().filter(loss -> loss.step() == 5_000))
                .allSatisfy(loss -> assertThat(loss.loss()).isLessThan(0.2));
        assertThat(log.measures().stream().filter(measure -> measure.step() < 8_000 && measure.step() > 4_000))
                .isNotEmpty()
                .allSatisfy(measure -> assertThat(measure.unseen()).isGreaterThan(5));
        assertThat(log.measures().getLast().unseen()).isLessThan(0.1);
    }

    @Test
    void theyShareOneTokenizer() throws IOException {
        String tokenizer = Files.readString(folder("storybook-2l").resolve("tokenizer.json"));
        for (String name : NAMES) {
            assertThat(Files.readString(folder(name).resolve("tokenizer.json"))).isEqualTo(tokenizer);
            assertThat(models.get(name).config().dVocab()).isBetween(2048, 4096);
            assertThat(models.get(name).config().nCtx()).isGreaterThanOrEqualTo(128);
            assertThat(models.get(name).weights().biases())
                    .allSatisfy(bias -> assertThat(bias).containsOnly(0));
        }
    }

    @Test
    void theZeroLayerModelKnowsBigramsAndNothingMore() {
        TrainingLog log = logs.get("storybook-0l");
        assertThat(log.measures().getLast().unseen()).isBetween(log.bigram() - 0.3, log.bigram() + 0.3);
        assertThat(log.bigram()).isLessThan(log.unigram() - 1);
    }

    @Test
    void everyLayerLowersTheLoss() {
        assertThat(fable.get("storybook-0l")).isGreaterThan(fable.get("storybook-1l") + 0.05);
        assertThat(fable.get("storybook-1l")).isGreaterThan(fable.get("storybook-2l"));
        assertThat(unseen("storybook-0l")).isGreaterThan(unseen("storybook-1l"));
        assertThat(unseen("storybook-1l")).isGreaterThan(unseen("storybook-2l"));
    }

    /** What the paper shows, on texts of random tokens that no recipe was chosen by. */
    @ParameterizedTest
    @FieldSource("TEXTBOOK")
    void aPreviousTokenHeadLetsAnInductionHeadFindWhatFollowed(String name) {
        Transformer model = models.get(name);
        Map<HeadId, DetectorScores> scores = fresh(model, List.of());
        HeadId previous = best(scores, DetectorScores::previous);
        HeadId induction = best(scores, DetectorScores::induction);
        assertThat(scores.get(previous).previous()).isGreaterThanOrEqualTo(0.9);
        assertThat(scores.get(induction).induction()).isGreaterThanOrEqualTo(INDUCTION);
        CompositionGraph.Edge strongest = CompositionGraph.of(model).between(Composition.K).stream()
                .max(Comparator.comparingDouble(CompositionGraph.Edge::excess))
                .orElseThrow();
        assertThat(strongest.writer()).isEqualTo(previous);
        assertThat(scores.get(strongest.reader()).induction())
                .as("the largest K-composition leads into an induction head")
                .isGreaterThan(0.5);
        assertThat(strongest.raw())
                .isGreaterThan(
                        strongest.random().mean() + 5 * strongest.random().deviation());
        assertThat(fresh(model, List.of(Edit.zero(previous))).get(induction).induction())
                .as("without what the previous-token head writes")
                .isLessThan(0.2);
    }

    @Test
    void oneLayerHasNoInductionHead() {
        Map<HeadId, DetectorScores> scores = fresh(models.get("storybook-1l"), List.of());
        assertThat(scores.get(best(scores, DetectorScores::induction)).induction())
                .isLessThan(0.2);
    }

    private static Map<HeadId, DetectorScores> fresh(Transformer model, List<Edit> edits) {
        Map<HeadId, DetectorScores> sums = new TreeMap<>(Comparator.comparing(HeadId::toString));
        for (long seed : FRESH) {
            RepeatedTokens texts = RepeatedTokens.of(model.config(), RepeatedTokens.PERIOD, 1, seed);
            DetectorScores.of(model.run(texts.sequences().getFirst(), edits), texts.period())
                    .forEach((head, of) -> sums.merge(head, of, ShippedModelsTest::plus));
        }
        sums.replaceAll((head, of) -> new DetectorScores(
                of.previous() / FRESH.length, of.duplicate() / FRESH.length, of.induction() / FRESH.length, 0));
        return sums;
    }

    private static DetectorScores plus(DetectorScores one, DetectorScores other) {
        return new DetectorScores(
                one.previous() + other.previous(),
                one.duplicate() + other.duplicate(),
                one.induction() + other.induction(),
                0);
    }

    private static HeadId best(Map<HeadId, DetectorScores> scores, ToDoubleFunction<DetectorScores> by) {
        return scores.entrySet().stream()
                .max(Comparator.comparingDouble(head -> by.applyAsDouble(head.getValue())))
                .orElseThrow()
                .getKey();
    }

    @Test
    void onlyTwoLayersReadASecondOccurrenceOffTheFirst() {
        assertThat(share(results.get("storybook-2l").random())).isLessThanOrEqualTo(0.6);
        assertThat(share(results.get("storybook-1l").random())).isGreaterThan(0.6);
        assertThat(share(results.get("storybook-0l").random())).isGreaterThan(0.6);
        List<int[]> twice = windows.stream()
                .map(window ->
                        Stream.of(window, window).flatMapToInt(Arrays::stream).toArray())
                .toList();
        assertThat(share(PaperResults.Halves.of(models.get("storybook-2l"), twice, WINDOW)))
                .isLessThanOrEqualTo(0.6);
        assertThat(share(PaperResults.Halves.of(models.get("storybook-1l"), twice, WINDOW)))
                .isGreaterThan(0.6);
    }

    @Test
    void mostHeadsOfTheOneLayerModelCopy() {
        List<Double> copying = List.copyOf(results.get("storybook-1l").copying().values());
        assertThat(copying.stream().filter(score -> score > 0).count()).isGreaterThan(copying.size() / 2);
    }

    @Test
    void theRecordEndsWithWhatTheFilesGive() {
        for (String name : NAMES) {
            assertThat(results.get(name).induction())
                    .as(name)
                    .isBetween(
                            logs.get(name).measures().getLast().induction() - 0.01,
                            logs.get(name).measures().getLast().induction() + 0.01);
        }
    }

    @Test
    void allOfThemTakeLessThanSixtyMegabytes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("db", "models"))) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(60_000_000);
        }
    }

    private double unseen(String name) {
        return logs.get(name).measures().getLast().unseen();
    }

    private static double share(PaperResults.Halves halves) {
        return halves.second() / halves.first();
    }

    private static Path folder(String name) {
        return Path.of("db", "models", name);
    }

    private static Transformer load(Path folder) throws IOException {
        Config config = ModelFiles.readConfig(Files.readString(folder.resolve("config.json")))
                .config();
        try (SeekableByteChannel file = Files.newByteChannel(folder.resolve("model.safetensors"))) {
            return new Transformer(
                    config, ModelFiles.readWeights(config, Safetensors.open(file)), MatrixProducts.fastest());
        }
    }
}
