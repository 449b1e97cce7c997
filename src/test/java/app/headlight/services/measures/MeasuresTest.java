package app.headlight.services.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.SharedServer;
import app.headlight.engine.circuits.CompositionGraph;
import app.headlight.engine.circuits.CopyingHeads;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.circuits.Spectra;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Run;
import app.headlight.services.lab.HeadScores;
import app.headlight.services.measures.Measured.Impossible;
import app.headlight.services.measures.Measured.Value;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.ReadyPair.Template;
import app.headlight.services.search.SearchTask;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

class MeasuresTest extends SharedServer {

    private static final String BY_HAND = "induction-by-hand";
    private static final String TRAINED = "storybook-2l";

    @Autowired
    private Measures measures;

    @Autowired
    private ModelLibrary library;

    @Autowired
    private HeadScores scores;

    @Test
    void aScoreIsTheMeanAttentionOnTextsOfTheSeed() {
        OpenModel model = open(TRAINED);
        HeadId head = scores.strongest(model).orElseThrow();
        for (long seed : new long[] {1, -7_000_000_000L}) {
            double sum = 0;
            int count = 0;
            RepeatedTokens texts = RepeatedTokens.of(model.config(), seed);
            for (int[] text : texts.sequences()) {
                Run run = model.transformer().run(text, List.of());
                for (int t = run.length() - texts.period(); t < run.length(); t++) {
                    sum += run.pattern(head).get(t, t - texts.period() + 1);
                    count++;
                }
            }
            assertThat(value(model, "score(" + head + ", induction)", seed)).isCloseTo(sum / count, within(1e-6));
        }
        assertThat(value(model, "score(" + head + ", induction)", 1))
                .isNotEqualTo(value(model, "score(" + head + ", induction)", 2));
    }

    /** By the card of the model: L0H0 attends to the token before, L1H0 to what came after the current one. */
    @Test
    void theHeadsMadeByHandDoWhatTheirCardSays() {
        OpenModel model = open(BY_HAND);
        assertThat(value(model, "score(L0H0, previous)", 3)).isGreaterThan(0.95);
        assertThat(value(model, "score(L1H0, induction)", 3)).isGreaterThan(0.9);
        assertThat(value(model, "score(L1H1, first)", 3)).isGreaterThan(0.95);
        assertThat(value(model, "score(L1H0, previous)", 3)).isLessThan(0.1);
        assertThat(value(model, "copying(L1H0)", 3)).isCloseTo(1, within(1e-4));
        assertThat(value(model, "copying(L0H1)", 3)).isCloseTo(-1, within(1e-4));
        assertThat(value(model, "score(L1H0, copying)", 3)).isGreaterThan(0.25);
        assertThat(value(model, "score(L0H1, copying)", 3)).isLessThan(-0.25);
    }

    @Test
    void copyingIsOfTheWeightsAlone() {
        OpenModel model = open(TRAINED);
        Spectra spectra = Spectra.of(model.transformer());
        for (HeadId head : model.transformer().heads()) {
            double value = value(model, "copying(" + head + ")", 1);
            assertThat(value).isCloseTo(spectra.ov().get(head).score(), within(1e-3));
            assertThat(value(model, "copying(" + head + ")", 2)).isEqualTo(value);
        }
    }

    @Test
    void theCopyingOfOneHeadIsThatOfAllAtOnce() {
        OpenModel model = open(TRAINED);
        RepeatedTokens texts = RepeatedTokens.of(model.config(), 5);
        HeadId head = new HeadId(1, 2);
        assertThat(value(model, "score(L1H2, copying)", 5))
                .isCloseTo(
                        CopyingHeads.of(model.transformer(), texts, Progress.UNWATCHED)
                                .get(head),
                        within(1e-6));
    }

    /** The card says 1/8 of K-composition and none of Q and V; what chance gives is about the same for every seed. */
    @Test
    void compositionIsAboveChance() {
        OpenModel model = open(BY_HAND);
        CompositionGraph.Edge edge = CompositionGraph.of(model.transformer()).edges().stream()
                .filter(any ->
                        any.writerName().equals("L0H0") && any.readerName().equals("L1H0"))
                .findFirst()
                .orElseThrow();
        double chance = edge.random().mean();
        double[] k = LongStream.range(0, 10)
                .mapToDouble(seed -> value(model, "composition(K, L0H0, L1H0)", seed))
                .toArray();
        assertThat(DoubleStream.of(k).average().orElseThrow())
                .isCloseTo(0.125 - chance, within(edge.random().deviation()));
        assertThat(k[0]).isNotEqualTo(k[1]);
        assertThat(value(model, "composition(Q, L0H0, L1H0)", 4))
                .isCloseTo(-chance, within(edge.random().deviation()));
    }

    /** By another route: the edge from the head to the logits of a head of the last layer is all that it does. */
    @Test
    void ablatingIsTheFallOfTheLogitDifference() {
        OpenModel model = open(BY_HAND);
        double fall = 0;
        List<SearchTask> pairs = PairMeasures.pairs(model, Template.INDUCTION, EdgeTask.Measure.LOGIT_DIFF, 9);
        for (SearchTask pair : pairs) {
            Run run = model.transformer().run(pair.cleanTokens(), List.of());
            float[] written = run.result(new HeadId(1, 0)).row(run.length() - 1);
            for (int d = 0; d < written.length; d++) {
                fall += written[d]
                        * (model.transformer()
                                        .weights()
                                        .wU()
                                        .get(d, pair.metric().answer())
                                - model.transformer()
                                        .weights()
                                        .wU()
                                        .get(d, pair.metric().wrong()));
            }
        }
        assertThat(value(model, "ablating(L1H0, induction)", 9)).isCloseTo(fall / pairs.size(), within(1e-3));
        assertThat(fall / pairs.size()).isGreaterThan(6); // the card: it raises what stands there by 8
        assertThat(value(model, "ablating(L1H1, induction)", 9)).isCloseTo(0, within(0.1));
    }

    @Test
    void theWholeModelIsFaithfulToItself() {
        OpenModel model = open(TRAINED);
        String all = Edge.all(model.config()).stream().map(Edge::toString).collect(Collectors.joining(", "));
        for (String metric : List.of("logit_diff", "kl")) {
            assertThat(value(model, "circuit(induction, " + metric + ", " + all + ")", 2))
                    .isCloseTo(1, within(1e-4));
        }
        assertThat(value(model, "circuit(induction, logit_diff, embed->L0H0.q)", 2))
                .isBetween(-1.0, 0.6);
    }

    /** The circuit that the card describes, and the same without the step that L1H0 reads by its keys. */
    @Test
    void theInductionCircuitIsFaithful() {
        OpenModel model = open(BY_HAND);
        String circuit = "circuit(induction, logit_diff, embed->L0H0.v, embed->L0H0.k, embed->L0H0.q, embed->L1H0.q,"
                + " embed->L1H0.v, embed->L1H0.k, L1H0->logits, embed->logits%s)";
        assertThat(value(model, circuit.formatted(", L0H0->L1H0.k"), 2)).isGreaterThan(0.9);
        assertThat(value(model, circuit.formatted(""), 2)).isLessThan(0.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "storybook-2l | score(L7H0, induction) | there is no head L7H0",
                "storybook-2l | copying(L0H99) | there is no head L0H99",
                "storybook-2l | composition(K, L0H0, L5H0) | there is no head L5H0",
                "storybook-2l | ablating(MLP0, induction) | there is no site blocks.0.hook_mlp_out in this model",
                "storybook-2l | ablating(L3H0, induction) | L3H0",
                "storybook-2l | circuit(induction, kl, L0H0->MLP1) | there is no edge “L0H0->MLP1” in this model",
                "ids-0-layers | score(L0H0, previous) | there is no head L0H0",
                "ids-512 | ablating(L0H0, two_names) | too few of the words of the pairs “two_names”",
                "weights of 3e38 | score(L0H0, previous) | finite",
                "weights of 3e38 | composition(K, L0H0, L1H0) | finite",
            })
    void whatCannotBeMeasuredSaysWhy(String model, String measure, String why) {
        Measured measured = measures.get(open(model), Measure.parse(measure), 1);
        assertThat(measured).isInstanceOf(Impossible.class);
        assertThat(((Impossible) measured).reason()).contains(why);
    }

    private OpenModel open(String name) {
        return library.open(name).orElseThrow();
    }

    private double value(OpenModel model, String measure, long seed) {
        Measured measured = measures.get(model, Measure.parse(measure), seed);
        assertThat(measured).as(measure).isInstanceOf(Value.class);
        return ((Value) measured).value();
    }
}
