package app.headlight.engine.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.RecordedRun;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded runs are read as numpy wrote them, and as we write our own; whatever is wrong is refused by name and value. */
class RecordedFileTest {

    private static final Path MADE = Path.of("src/test/resources/recorded");
    private static final String PATTERN = "blocks.0.attn.hook_pattern";

    @TempDir
    private Path folder;

    private static RecordedFile read(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return RecordedFile.read(channel, check -> {});
        }
    }

    private RecordedFile read(SafetensorsWriter file) throws IOException {
        return read(Files.write(folder.resolve("run.safetensors"), file.bytes()));
    }

    private static JsonNode expected(String name) throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(MADE.resolve("expected.json")))
                .path(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"decoder", "encoder"})
    void detectorsMeasureWhatNumpyMeasured(String name) throws IOException {
        Map<HeadId, DetectorScores> scores =
                DetectorScores.onText(read(MADE.resolve(name + ".safetensors")).run());
        JsonNode known = expected(name).path("detectors");
        assertThat(scores).hasSize(known.size());
        scores.forEach((head, score) -> {
            JsonNode wanted = known.path(head.toString());
            assertThat(score.previous()).isCloseTo(wanted.path("previous").asDouble(), within(1e-6));
            assertThat(score.first()).isCloseTo(wanted.path("first").asDouble(), within(1e-6));
            assertThat(score.duplicate()).isCloseTo(wanted.path("duplicate").asDouble(), within(1e-6));
            assertThat(score.induction()).isCloseTo(wanted.path("induction").asDouble(), within(1e-6));
        });
    }

    @Test
    void theLengthsOfVectorsAreThoseOfNumpy() throws IOException {
        RecordedFile file = read(MADE.resolve("decoder.safetensors"));
        assertThat(file.model()).isEqualTo("made with numpy");
        assertThat(file.name()).isEqualTo("decoder");
        assertThat(file.hooks()).contains("attn.hook_pattern", "attn.hook_v", "hook_resid_post");
        assertThat(file.unused()).containsExactly("ln1.hook_scale");
        JsonNode norms = expected("decoder").path("norms");
        assertThat(norms.size()).isEqualTo(8);
        for (Map.Entry<String, JsonNode> tensor : norms.properties()) {
            Site site = HookNames.site(tensor.getKey()).orElseThrow();
            if (site.kind().isByHead()) {
                for (int head = 0; head < 3; head++) {
                    check(
                            file.run(),
                            Site.of(site.kind(), new HeadId(site.layer(), head)),
                            tensor.getValue().get(head));
                }
            } else {
                check(file.run(), site, tensor.getValue());
            }
        }
    }

    private static void check(RecordedRun run, Site site, JsonNode wanted) {
        Optional<Vector> norms = run.norms(site);
        assertThat(norms).as(site.toString()).isPresent();
        for (int t = 0; t < wanted.size(); t++) {
            assertThat((double) norms.get().get(t)).isCloseTo(wanted.get(t).asDouble(), within(1e-5));
        }
    }

    @Test
    void whatLooksAheadIsSeen() throws IOException {
        assertThat(read(MADE.resolve("decoder.safetensors")).run().isCausal()).isTrue();
        RecordedRun encoder = read(MADE.resolve("encoder.safetensors")).run();
        assertThat(encoder.isCausal()).isFalse();
        assertThat(encoder.isCausal(new HeadId(1, 1))).isFalse();
        assertThat(encoder.givenIds()).isEmpty();
        assertThat(encoder.ids()).containsExactly(0, 1, 2, 3, 1, 2, 3, 1, 2);
    }

    @Test
    void ourOwnRunsComeBackAsTheyWere() throws IOException {
        List<Config> kinds =
                RandomModels.kinds().filter(kind -> kind.nLayers() > 0).toList();
        assertThat(kinds).hasSizeGreaterThan(5);
        for (Config kind : kinds) {
            Transformer model = new Transformer(kind, RandomModels.weights(kind, 7), MatrixProducts.fastest());
            Run run = model.run(new int[] {3, 1, 4, 1, 5, 9});
            RecordedRun back = read(HookFile.of(run, List.of("a", "b", "c", "b", "d", "e"), "a kind"))
                    .run();
            assertThat(back.heads()).isEqualTo(model.heads());
            assertThat(back.ids()).isEqualTo(run.tokens());
            for (HeadId head : model.heads()) {
                assertThat(back.pattern(head)).as(kind.toString()).isEqualTo(run.pattern(head));
                assertThat(back.scores(head)).contains(run.scores(head));
                double[] results = run.result(head).rowNorms();
                for (int t = 0; t < run.length(); t++) {
                    assertThat((double) back.norms(Site.of(Kind.RESULT, head))
                                    .orElseThrow()
                                    .get(t))
                            .isCloseTo(results[t], within(1e-4));
                }
            }
            double[] last = run.residual(model.config().nLayers()).rowNorms();
            assertThat((double)
                            back.norms(Site.of(Kind.RESID_POST, model.config().nLayers() - 1))
                                    .orElseThrow()
                                    .get(5))
                    .isCloseTo(last[5], within(1e-3));
        }
    }

    /** Two tokens, one layer of one head. */
    private static SafetensorsWriter right() {
        return tokens().add(PATTERN, new float[] {1, 0, 0.25f, 0.75f}, 1, 2, 2);
    }

    private static SafetensorsWriter tokens() {
        return new SafetensorsWriter().say("tokens", "[\"a\", \"b\"]");
    }

    private static SafetensorsWriter pattern(float... entries) {
        return tokens().add(PATTERN, entries, 1, 2, 2);
    }

    private static SafetensorsWriter more(String name, float[] values, int... shape) {
        return right().add(name, values, shape);
    }

    private static SafetensorsWriter saying(String key, String text) {
        return right().say(key, text);
    }

    static Stream<Arguments> wrong() {
        float nan = Float.NaN;
        return Stream.of(
                Arguments.of(pattern(1, 0, nan, 0.75f), PATTERN + " is NaN at head 0, destination 1, source 0"),
                Arguments.of(pattern(1, 0, 1.25f, -0.25f), "is -0.25 at head 0, destination 1, source 1"),
                Arguments.of(pattern(1, 0, Float.POSITIVE_INFINITY, 0), "is Infinity at head 0, destination 1"),
                Arguments.of(pattern(1, 0, 0.25f, 0.5f), "the row of head 0, destination 1 sums to 0.75; expected 1"),
                Arguments.of(pattern(0, 0, 0.25f, 0.75f), "the row of head 0, destination 0 sums to 0.0"),
                Arguments.of(
                        pattern(0.5f, 0.5f, 0.25f, 0.75f).say("causal", "true"),
                        "0.5 at head 0, destination 0, source 1"),
                Arguments.of(
                        tokens().add(PATTERN, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 1, 3, 3),
                        PATTERN + " is [1, 3, 3]; expected [1, 2, 2]"),
                Arguments.of(tokens().add(PATTERN, new float[8], 2, 1, 2, 2), "[2, 1, 2, 2], a batch of 2 sentences"),
                Arguments.of(tokens().add(PATTERN, new float[4], 2, 2), "[2, 2]; expected 3 sizes"),
                Arguments.of(tokens().add(PATTERN, new float[0], 0, 2, 2), "1 layers of 0 heads"),
                Arguments.of(tokens(), "The file has no pattern"),
                Arguments.of(
                        more("blocks.2.attn.hook_pattern", new float[] {1, 0, 0, 1}, 1, 2, 2),
                        "There is no blocks.1.attn.hook_pattern, and the last layer is 2"),
                Arguments.of(
                        more("blocks.1.attn.hook_pattern", new float[] {1, 0, 0, 1, 1, 0, 0, 1}, 2, 2, 2),
                        "blocks.1.attn.hook_pattern is of 2 heads, and blocks.0.attn.hook_pattern of 1"),
                Arguments.of(more("pattern", new float[1], 1), "“pattern” is not the name of a hook"),
                Arguments.of(more("blocks.0.pattern", new float[1], 1), "“blocks.0.pattern” is not the name"),
                Arguments.of(more("blocks.0.attn.hook_patern", new float[1], 1), "hook_patern"),
                Arguments.of(more("blocks.00.hook_resid_pre", new float[2], 2, 1), "“blocks.00.hook_resid_pre”"),
                Arguments.of(
                        more("blocks.0.attn.hook_attn_scores", new float[] {0, 0, nan, 0}, 1, 2, 2),
                        "hook_attn_scores is NaN at head 0, destination 1, source 0"),
                Arguments.of(
                        more("blocks.0.hook_resid_pre", new float[3], 3, 1),
                        "hook_resid_pre is [3, 1]; expected [2, …]"),
                Arguments.of(
                        more("blocks.0.hook_resid_pre", new float[] {1, 1, nan, 1}, 2, 2),
                        "hook_resid_pre is NaN at token 1, place 0"),
                Arguments.of(
                        more("blocks.0.attn.hook_z", new float[] {1, 1, 1, 1}, 2, 2, 1),
                        "hook_z is [2, 2, 1]; expected [2, 1, …]"),
                Arguments.of(new SafetensorsWriter().add(PATTERN, new float[] {1}, 1, 1, 1), "does not say its tokens"),
                Arguments.of(saying("tokens", "a b"), "metadata “tokens” is “a b”; expected a list in JSON"),
                Arguments.of(saying("tokens", "{}"), "metadata “tokens” is “{}”; expected a list in JSON"),
                Arguments.of(saying("tokens", "[]"), "metadata “tokens” has 0 tokens; expected 1 to 2048"),
                Arguments.of(saying("tokens", "[\"a\", 7]"), "has 7 at 1; expected the text of a token"),
                Arguments.of(saying("tokens", "[\"a\"]"), PATTERN + " is [1, 2, 2]; expected [1, 1, 1]"),
                Arguments.of(saying("ids", "[1]"), "metadata “ids” has 1 ids; there are 2 tokens"),
                Arguments.of(saying("ids", "[1, -2]"), "metadata “ids” has -2 at 1"),
                Arguments.of(saying("causal", "maybe"), "metadata “causal” is “maybe”"),
                Arguments.of(saying("name", "x".repeat(101)), "metadata “name” is “xxx"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsRefusedByNameAndValue(SafetensorsWriter file, String why) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(Refusal.class).hasMessageContaining(why);
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws IOException {
        byte[] whole = right().bytes();
        for (int length : List.of(0, 7, 40, whole.length - 1)) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("cannot be read as safetensors");
        }
    }

    @Test
    void halvesMayBeOffByTheirLastDigits() throws IOException {
        SafetensorsWriter halves = new SafetensorsWriter(SafetensorsWriter.Precision.F16).say("tokens", "[\"a\"]");
        assertThat(read(halves.add(PATTERN, new float[] {0.999f}, 1, 1, 1))
                        .run()
                        .isCausal())
                .isTrue();
        assertThatThrownBy(() -> read(
                        new SafetensorsWriter().say("tokens", "[\"a\"]").add(PATTERN, new float[] {0.999f}, 1, 1, 1)))
                .hasMessageContaining("sums to 0.999");
    }

    @Test
    void valuesThatHeadsShareAreEachHeadsOwn() throws IOException {
        float[] patterns = {1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1};
        RecordedRun run = read(tokens().add(PATTERN, patterns, 4, 2, 2)
                        .add("blocks.0.attn.hook_v", new float[] {3, 4, 0, 1, 6, 8, 0, 2}, 2, 2, 2))
                .run();
        assertThat(norm(run, 0, 0)).isEqualTo(5);
        assertThat(norm(run, 1, 1)).isEqualTo(10);
        assertThat(norm(run, 2, 0)).isEqualTo(1);
        assertThat(norm(run, 3, 1)).isEqualTo(2);
    }

    private static float norm(RecordedRun run, int head, int t) {
        return run.norms(Site.of(Kind.V, new HeadId(0, head))).orElseThrow().get(t);
    }

    @Test
    void oneTokenHasNoScoresAndNoLabel() throws IOException {
        Consumer<DetectorScores> none =
                scores -> assertThat(List.of(scores.previous(), scores.first())).allMatch(score -> Double.isNaN(score));
        RecordedRun one = read(new SafetensorsWriter().say("tokens", "[\"a\"]").add(PATTERN, new float[] {1}, 1, 1, 1))
                .run();
        none.accept(DetectorScores.onText(one).get(new HeadId(0, 0)));
    }
}
