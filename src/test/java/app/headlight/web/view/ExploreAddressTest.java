package app.headlight.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.circuits.HeadOverSentences;
import app.headlight.engine.circuits.PatchingMap;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.transformer.Continuation;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site;
import app.headlight.services.edits.AskedEdit;
import app.headlight.services.edits.EditWords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExploreAddressTest {

    private static final ViewState EVERYTHING = new ViewState(
            new ModelState("storybook-2l", 1024, "0f3a9c21"),
            new TextState("Zoë said “hi” & left +1 = 50%\n🙂 שלום", new Continuation(12, 7L)),
            new SelectionState(
                    List.of(new HeadId(1, 2), new HeadId(0, 11)),
                    List.of(new HeadId(0, 3), new HeadId(1, 2), new HeadId(4, 0)),
                    7,
                    3),
            new AttentionState(
                    AttentionState.View.MATRIX,
                    AttentionState.Weighting.GRADIENT,
                    0.125,
                    AttentionState.Thumbnails.EFFECT,
                    AttentionState.Beside.SELECTED,
                    AttentionState.Pooled.MEAN,
                    List.of(0, 3)),
            new CircuitState(
                    CircuitState.QK,
                    17,
                    "cat",
                    CircuitState.Side.SOURCE,
                    CircuitState.Term.POSITION_TOKEN,
                    4,
                    "log p(cat)",
                    new ReadThrough(StreamWriter.EMBEDDING, StreamWriter.of(new HeadId(0, 11))),
                    12),
            new StreamState(StreamState.Picture.BANDWIDTH, "pc3", "·cat − ·dog", StreamState.Lens.KL),
            new EditState(
                    List.of(
                            AskedEdit.zero(Site.of(Site.Kind.RESULT, new HeadId(0, 3))),
                            AskedEdit.cut(new HeadId(1, 2), 19, 3, true),
                            AskedEdit.mean(Site.of(Site.Kind.MLP_OUT, 0))),
                    EditState.Shown.DIFFERENCE),
            new PatchState(
                    "Another, & longer",
                    "·cat",
                    "·dog",
                    PatchState.Patched.PATTERN,
                    PatchingMap.By.HEAD_POSITION,
                    PatchState.Direction.NOISE,
                    3,
                    14,
                    Optional.of(new AskedPairs(AskedPairs.Made.OWN, 4, 7, "a b,\"c, d\",e,f")),
                    PatchState.Figure.SPREAD),
            new SentencesState(
                    SentencesState.From.OWN,
                    32,
                    5,
                    "One line\nand “another”, 50% of it & more",
                    new HeadOverSentences.Asked(HeadOverSentences.Quantity.CUT_NEXT, HeadOverSentences.Role.SAME)));

    @Test
    void everyPartOfAStateSurvivesTheRoundTrip() {
        Decoded decoded = ExploreAddress.read(ExploreAddress.query(EVERYTHING).written());
        assertThat(decoded.notices()).isEmpty();
        assertThat(decoded.state()).isEqualTo(EVERYTHING);
    }

    @Test
    void theFirstStateIsWhatAnEmptyAddressMeans() {
        assertThat(ExploreAddress.read(Map.of()).state()).isEqualTo(ViewState.FIRST);
        assertThat(ExploreAddress.read(ExploreAddress.query(ViewState.FIRST).written())
                        .state())
                .isEqualTo(ViewState.FIRST);
    }

    @Test
    void anEditThatCannotBeReadIsLeftOutAndSaidAndTheOthersStay() {
        Decoded decoded = ExploreAddress.read(
                Map.of("edits", "zero,result,head=L0H3;zero;cut,pattern,head=L1H0,destination=x;by,z,wrong=1"));
        assertThat(decoded.state().edits().asked()).map(EditWords::label).containsExactly("L0H3 off");
        assertThat(decoded.notices()).hasSize(3);
        assertThat(decoded.notices().get(0)).contains("“zero”");
        assertThat(decoded.notices().get(1)).contains("“destination” is “x”");
        assertThat(decoded.notices().get(2)).contains("no field “wrong”");
    }

    @Test
    void anotherModelHasNoneOfTheEdits() {
        assertThat(EVERYTHING.withModel("other").edits()).isEqualTo(EditState.NONE);
        assertThat(EVERYTHING.withSentence("Another one").edits()).isEqualTo(EVERYTHING.edits());
    }

    @Test
    void theWeightsAreForgottenWithTheirModelAndStep() {
        assertThat(EVERYTHING.withModel("other").weights()).isEmpty();
        assertThat(EVERYTHING.withStep(7).weights()).isEmpty();
        assertThat(EVERYTHING.withSentence("a").weights()).isEqualTo("0f3a9c21");
        Decoded decoded = ExploreAddress.read(Map.of("w", "not a mark"));
        assertThat(decoded.state().weights()).isEmpty();
        assertThat(decoded.notices()).singleElement().asString().contains("w=not a mark");
    }

    @Test
    void anotherSentenceLeavesOutTheFirstTokenAtMost() {
        assertThat(EVERYTHING.withSentence("a").attention().without()).containsExactly(0);
        assertThat(EVERYTHING.withModel("other").attention().without()).containsExactly(0);
        assertThat(EVERYTHING.withContinuation(Continuation.NONE).attention().without())
                .containsExactly(0, 3);
        ViewState third = EVERYTHING.withAttention(EVERYTHING.attention().withWithout(List.of(3)));
        assertThat(third.withSentence("a").attention().without()).isEmpty();
    }

    @Test
    void anEmptySentenceStaysEmpty() {
        ViewState empty = ViewState.FIRST.withSentence("");
        assertThat(ExploreAddress.read(ExploreAddress.query(empty).written())
                        .state()
                        .sentence())
                .isEmpty();
    }

    @Test
    void noSelectionIsNotTheSameAsNoneChosenYet() {
        ViewState none = ViewState.FIRST.withLine(ViewState.NONE, ViewState.NONE);
        assertThat(ExploreAddress.read(ExploreAddress.query(none).written())
                        .state()
                        .destination())
                .isEqualTo(ViewState.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "view, spiral",
        "show, -",
        "min, much",
        "min, 7",
        "min, NaN",
        "tab, <script>",
        "dest, -4",
        "src, 1e9",
        "token, x",
        "singular, -1",
        "side, left",
        "term, 3",
        "query, W_E",
        "key, L0",
        "lens, ''",
        "stream, wide",
        "thumbs, big",
        "beside, none",
        "without, first",
        "without, '0,,2'",
        "sentences, all",
        "many, some",
        "turn, -1",
        "measure, x",
        "role, '<b>'",
        "more, 201",
        "seed, x",
        "dest, 99999999999999999999"
    })
    void aBadValueFallsBackAndSaysSo(String key, String value) {
        Decoded decoded = ExploreAddress.read(Map.of(key, value));
        assertThat(decoded.state()).isEqualTo(ViewState.FIRST);
        assertThat(decoded.notices()).singleElement().asString().contains(key + "=" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"H1", "L1", "L-1H2", "first", "L99999H1"})
    void aBadHeadIsLeftOutAndNamed(String head) {
        Decoded decoded = ExploreAddress.read(Map.of("heads", "L1H2," + head));
        assertThat(decoded.state().heads()).containsExactly(new HeadId(1, 2));
        assertThat(decoded.notices()).singleElement().asString().contains(head);
    }

    @ParameterizedTest
    @ValueSource(strings = {"L0H0-", "L0H0-x", "L0H0--L1H0", "-", "L0H0,L1H1", "<b>"})
    void aBadVirtualHeadIsLeftOutAndNamed(String virtual) {
        Decoded decoded = ExploreAddress.read(Map.of("virtual", virtual));
        assertThat(decoded.state()).isEqualTo(ViewState.FIRST);
        assertThat(decoded.notices()).singleElement().asString().contains(virtual);
    }

    @Test
    void headsByThemselvesEndAVirtualHead() {
        ViewState virtual = ViewState.FIRST.withVirtual(List.of(new HeadId(0, 0), new HeadId(1, 3)));
        assertThat(ExploreAddress.query(virtual).written()).containsEntry("virtual", "L0H0-L1H3");
        assertThat(virtual.withLine(3, 2).virtual()).hasSize(2);
        assertThat(virtual.withHeads(List.of(new HeadId(1, 3))).virtual()).isEmpty();
        assertThat(virtual.withModel("other").virtual()).isEmpty();
    }

    @Test
    void aPartOfTheScoresStaysWithHeadsThatReadIt() {
        CircuitState circuit = CircuitState.FIRST.withThrough(new ReadThrough(null, StreamWriter.of(new HeadId(0, 3))));
        ViewState state = ViewState.FIRST.withHeads(List.of(new HeadId(1, 0))).withCircuit(circuit);
        assertThat(ExploreAddress.query(state).written())
                .containsEntry("key", "L0H3")
                .doesNotContainKey("query");
        assertThat(state.withHeads(List.of(new HeadId(1, 2))).circuit().through())
                .isEqualTo(circuit.through());
        assertThat(state.withLine(3, 2).circuit().through()).isEqualTo(circuit.through());
        assertThat(state.withSentence("other").circuit().through()).isEqualTo(circuit.through());
        for (ViewState other : List.of(
                state.withHeads(List.of(new HeadId(0, 2))),
                state.withModel("other"),
                state.withVirtual(List.of(new HeadId(0, 0), new HeadId(1, 0))),
                state.withCircuit(circuit.withTerm(CircuitState.Term.TOKEN_TOKEN)))) {
            assertThat(other.circuit().through()).isEqualTo(ReadThrough.ALL);
        }
    }

    @Test
    void aHeadNamedTwiceIsShownOnceAndManyAreBounded() {
        assertThat(ExploreAddress.read(Map.of("heads", "L0H0,L0H0")).state().heads())
                .hasSize(1);
        Decoded many = ExploreAddress.read(Map.of("heads", "L0H0,L0H1,L0H2,L0H3,L0H4,L0H5,L0H6,L0H7,L0H8"));
        assertThat(many.state().heads()).hasSize(8);
        assertThat(many.notices()).hasSize(1);
    }

    @Test
    void parametersOfOthersAreLeftAlone() {
        assertThat(ExploreAddress.read(Map.of("utm_source", "letter")).notices())
                .isEmpty();
    }
}
