package app.headlight.web.python;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.circuits.CompositionGraph;
import app.headlight.engine.circuits.HeadOverSentences;
import app.headlight.engine.circuits.HeadOverSentences.Asked;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.formats.ConfigFile;
import app.headlight.engine.residual.Stage;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.text.IdTokenizer;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Rotary;
import app.headlight.engine.transformer.RotaryScaling;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.edits.AskedEdit;
import app.headlight.services.edits.EditList;
import app.headlight.services.models.Audience;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.StoredModel;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.RankedTokens.Ranking;
import app.headlight.web.component.RankedTokens.Row;
import app.headlight.web.component.TrigramTable;
import app.headlight.web.view.AttentionState;
import app.headlight.web.view.AttentionState.Thumbnails;
import app.headlight.web.view.AttentionState.Weighting;
import app.headlight.web.view.EditState.Shown;
import app.headlight.web.view.ViewState;
import app.headlight.web.words.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the programs say; {@code src/reference/python-snippets} runs them. */
class SnippetsTest {

    private static final String HOSTILE = "m\"; import evil\nimport evil\r\u2028import evil\\\"\"\"";
    private static final HeadId HEAD = new HeadId(1, 1);
    private static final int[] TOKENS = {7, 11, 7, 5};
    private static final AttentionState DRAWN = ViewState.FIRST.attention();

    private final PythonModel model = model(Norm.LN_PRE, false, OpenModel.FINISHED, Audience.ALL);
    private final PythonRun run = run(model, EditList.NONE, Shown.WITH);

    /** A program of each kind of picture of a sentence. */
    private static Map<String, @Nullable String> ofSentence(PythonRun run) {
        Heatmap.Axis sentence = Heatmap.Axis.sentence("position", run.pieces());
        LogitPython.Asked asked = new LogitPython.Asked(3, 5, -1, Quantity.LOGIT, "Logit of 5");
        Map<String, @Nullable String> programs = new LinkedHashMap<>();
        programs.put("attention", AttentionPython.of(run, List.of(List.of(HEAD)), DRAWN, null));
        programs.put("grid", GridPython.of(run, Thumbnails.PATTERN, 4));
        programs.put("norms", StreamPython.norms(run, List.of("embedding", "after L0", "after L1")));
        programs.put(
                "paths",
                StreamPython.paths(
                        run,
                        new StreamPython.Along.Component(1),
                        new StreamPython.Along.OfHead(HEAD, true),
                        "pc1",
                        "L1H1 reads",
                        List.of("embedding", "after L0", "after L1")));
        programs.put("lens", StreamPython.lens(run, Stage.parts(run.config()), List.of(StreamPython.label(5, "five"))));
        programs.put("deletion", StreamPython.deletion(run, true, sentence, sentence, "cosine"));
        programs.put("layer", StreamPython.pooled(run, 1, true, sentence, sentence, "sum"));
        programs.put("bars", LogitPython.bars(run, asked));
        programs.put("by head", LogitPython.byHead(run, asked, sentence, sentence));
        programs.put("scores", ScorePython.between(run, HEAD, null, null, sentence, sentence, "score"));
        programs.put(
                "scores through a writer",
                ScorePython.between(run, HEAD, null, StreamWriter.of(new HeadId(0, 0)), sentence, sentence, "score"));
        programs.put("parts of a score", ScorePython.parts(run, HEAD, 3, 1, sentence, sentence, "score"));
        return programs;
    }

    /** A program of each kind of picture of weights, or of other sentences. */
    private static Map<String, @Nullable String> ofModel(PythonModel model) {
        CircuitPython.Circuit qk = CircuitPython.Circuit.qk(HEAD, null, new HeadId(0, 0), 0, 2);
        Heatmap.Axis names = Heatmap.Axis.of("row", List.of(HOSTILE, "other"));
        Row row = new Row(HOSTILE, 7, 1, null, false);
        Ranking ranking = new Ranking("n", "t", "output", "score", List.of(row), List.of(), 30, "", "");
        PatchingPython.Pair pair = new PatchingPython.Pair(model, TOKENS, new int[] {7, 12, 7, 5}, 3, 5, 6);
        SearchPython.Pair found =
                new SearchPython.Pair("found", List.of(HOSTILE, "b", "c", "d"), TOKENS, new int[] {7, 12, 7, 5}, 5, 6);
        TrigramTable.Token token = new TrigramTable.Token(7, HOSTILE);
        Map<String, @Nullable String> programs = new LinkedHashMap<>();
        programs.put("eigenvalues", CircuitPython.eigenvalues(model, CircuitPython.Circuit.ov(List.of(HEAD))));
        programs.put(
                "singular values",
                CircuitPython.singularValues(model, "W_QK of " + HEAD, CircuitPython.qkWeights(HEAD, null, null), 4));
        programs.put("circuit", CircuitPython.among(model, qk, TOKENS, names, names, "score"));
        programs.put("positions", CircuitPython.positions(model, HEAD, true, false, 2, TOKENS, names, names, "score"));
        programs.put("ranking", CircuitPython.ranking(model, qk, 7, false, ranking));
        programs.put(
                "patching",
                PatchingPython.map(pair, "result", PatchingPython.By.HEAD, true, names, names, "recovered"));
        programs.put("patching edges", PatchingPython.edges(pair, names, names, "recovered"));
        programs.put("circuits", PatchingPython.circuits(pair, new int[] {0, 1}, List.of("edges")));
        SentencesPython.Over over = new SentencesPython.Over(model, HEAD, List.of(HOSTILE), List.of(List.of(7, 11)));
        Asked asked = new Asked(HeadOverSentences.Quantity.ATTENTION, HeadOverSentences.Role.SAME);
        programs.put("quantities", SentencesPython.quantities(over, List.of(HOSTILE), List.of(asked), List.of("a")));
        programs.put("spread over sentences", SentencesPython.spread(over, asked, List.of("a", HOSTILE)));
        programs.put("sentences", SentencesPython.sentences(over, asked, Map.of(5, HOSTILE), List.of("a")));
        programs.put("heads", HeadsPython.table(model, List.of("head"), Map.of("L1H1", "induction")));
        programs.put("copying", HeadsPython.copying(model));
        programs.put("loss", HeadsPython.lossByPosition(model, List.of(TOKENS)));
        programs.put(
                "composition",
                CompositionPython.graph(
                        model, CompositionGraph.of(model.open().transformer()).edges()));
        programs.put(
                "bigrams",
                TokensPython.bigrams(
                        model, List.of(new TokensPython.Bigram(7, 5, null)), id -> HOSTILE, List.of("token")));
        programs.put(
                "trigrams",
                TokensPython.trigrams(model, HEAD, List.of(new TrigramTable.Row(token, token, token, 1, 1, false))));
        programs.put(
                "sources",
                TokensPython.sources(model, HEAD, Map.of(7, HOSTILE), 3, Map.of(5, HOSTILE), List.of("source")));
        programs.put("pairs", SearchPython.pairs(model, List.of(found), List.of("half")));
        programs.put("edges", SearchPython.edges(model, List.of(found), "eap-ig", "kl", 4, "change"));
        return programs;
    }

    @Test
    void everyProgramNamesTheModelTheServerAndWhatItIsComputedWith() {
        Stream.concat(ofSentence(run).entrySet().stream(), ofModel(model).entrySet().stream())
                .forEach(program -> assertThat(program.getValue())
                        .as(program.getKey())
                        .contains("model_name = " + Literal.of(HOSTILE))
                        .contains("\n" + Snippet.SERVER + "\n")
                        .containsPattern("(?m)^# With (TransformerLens 2\\.18\\.0 or |this server's REST)")
                        .containsPattern("(?m)^header = \\[\"")
                        .endsWith("csv.writer(sys.stdout).writerows([header, *rows])\n"));
    }

    @Test
    void whatAPersonWroteStaysWithinItsLiteral() {
        Stream.concat(ofSentence(run).entrySet().stream(), ofModel(model).entrySet().stream())
                .forEach(program -> assertThat(program.getValue().lines())
                        .as(program.getKey())
                        .noneMatch(line -> line.startsWith("import evil"))
                        .noneMatch(line -> line.contains("\u2028")));
    }

    @Test
    void programsOfASentenceHaveItsTokensAndTheHead() {
        ofSentence(run)
                .forEach((kind, program) -> assertThat(program)
                        .as(kind)
                        .contains(
                                "sentence = [(0, " + Literal.of(HOSTILE) + ", 7), (1, " + Literal.of("11") + ", 11)"));
        assertThat(ofSentence(run).get("attention")).contains("heads = [[(1, 1)]]");
        assertThat(ofSentence(run).get("scores")).contains("cache[\"attn_scores\", 1][0, 1]");
        assertThat(ofSentence(run).get("scores through a writer")).contains("keys[\"L0H0\"]", "queries[\"all\"]");
        assertThat(ofSentence(run).get("paths")).contains("model.blocks[1].attn.W_V[1]", "components[0]");
    }

    @Test
    void whatIsDrawnIsInTheProgramOfAttention() {
        AttentionState weights = DRAWN.withWeighting(Weighting.WEIGHT);
        assertThat(attention(weights)).doesNotContain("drawn");
        assertThat(attention(weights.withWithout(List.of(0, 2)))).contains("drawn[:, [0, 2]] = 0", "drawn / left");
        assertThat(attention(DRAWN.withWeighting(Weighting.VALUE)))
                .contains("drawn = values[..., 1::3]", "drawn.abs().max()");
        assertThat(attention(DRAWN.withWeighting(Weighting.LOGIT))).contains("drawn = values[..., 2::3]");
        AttentionState graded = DRAWN.withWeighting(Weighting.GRADIENT);
        assertThat(AttentionPython.of(run, List.of(List.of(HEAD)), graded, new AttentionPython.Gradient(2, 5, -1)))
                .contains("logits[0, 2].log_softmax(-1)[5]", "drawn = values[..., 3::4]");
        assertThat(attention(graded)).as("without what it is of").isNull();
    }

    @Test
    void aLastNormThatDoesNotCentreHasAScaleOfItsOwn() {
        Config config = RandomModels.config(2, Positions.STANDARD, Norm.LN).toBuilder()
                .finalRms(true)
                .build();
        PythonRun last = run(model(config, OpenModel.FINISHED, Audience.ALL), EditList.NONE, Shown.WITH);
        for (String kind : List.of("attention", "bars")) {
            assertThat(ofSentence(last).get(kind))
                    .as(kind)
                    .contains("def scale(x)", "def final_scale(x)", "/ final_scale(")
                    .doesNotContain("directions.mean(-1, keepdim=True)", "read - read.mean()", "ln_final.b")
                    .containsOnlyOnce("x - x.mean");
        }
        assertThat(ofSentence(run).get("attention")).doesNotContain("final_scale");
    }

    @Test
    void whatTransformerLensDoesNotHaveIsAddedToItsModel() {
        Config config = Config.builder()
                .sizes(2, 12, 3, 4, 23, 17)
                .norm(Norm.RMS)
                .mlp(new Mlp(7, Mlp.Activation.QUICK_GELU, true, true))
                .rotary(new Rotary(4, 100, false, new RotaryScaling.Linear(2)))
                .build();
        PythonRun own = run(model(config, OpenModel.FINISHED, Audience.ALL), EditList.NONE, Shown.WITH);
        assertThat(ofSentence(own).get("attention"))
                .contains("# With TransformerLens 3.9.0: ")
                .contains("config.pop(\"mlp_bias\")", "block.mlp.forward = with_biases(")
                .contains("config[\"act_fn\"] = \"relu\"", "block.mlp.act_fn = lambda x: x * torch.sigmoid(1.702 * x)");
        assertThat(ofSentence(run).get("attention")).doesNotContain("with_biases", "act_fn");
    }

    @Test
    void aNormIsInThePrograms() {
        PythonRun plain = run(model(Norm.NONE, false, OpenModel.FINISHED, Audience.ALL), EditList.NONE, Shown.WITH);
        PythonRun weighted = run(model(Norm.RMS, false, OpenModel.FINISHED, Audience.ALL), EditList.NONE, Shown.WITH);
        assertThat(ofSentence(plain).get("attention")).doesNotContain("scale");
        assertThat(ofSentence(weighted).get("attention"))
                .contains("directions * model.ln_final.w", "scale(")
                .doesNotContain("x - x.mean");
        assertThat(ofSentence(run).get("attention")).contains("x - x.mean").doesNotContain("ln_final.w");
    }

    @Test
    void aRunWithEditsIsAskedOfTheServer() {
        AskedEdit cut = AskedEdit.cut(HEAD, 3, 1, true);
        EditList edits = new EditList(
                List.of(), List.of(cut, AskedEdit.freeze(HEAD), AskedEdit.mean(Site.of(Site.Kind.RESULT, HEAD))));
        String program = ofSentence(run(model, edits, Shown.DIFFERENCE)).get("attention");
        assertThat(program)
                .contains(
                        "\"site\": \"blocks.1.attn.hook_pattern\", \"head\": \"L1H1\", \"destination\": 3, \"do\": \"cut\", \"source\": 1, \"renormalise\": True")
                .contains("\"do\": \"freeze\", \"from\": {\"tokens\": [7, 11, 7, 5]}")
                .contains("\"over\": \"positions\"")
                .contains("figures(*run(edits), edited=True) - figures(*run([]))")
                .contains("change of L1H1 weight");
        assertThat(ofSentence(run(model, edits, Shown.WITHOUT)).get("attention"))
                .doesNotContain("edits")
                .contains("figures(*model.run_with_cache(tokens))");
        assertThat(ofSentence(run(model, edits, Shown.WITH)).get("bars"))
                .as("paths of an edited run")
                .isNull();
    }

    @Test
    void aStepOfTheTrainingIsAskedFor() {
        PythonModel then = model(Norm.NONE, false, 400, Audience.ALL);
        assertThat(ofModel(then).get("copying")).contains("files?names=transformer_lens&step=400", "after step 400");
        assertThat(ofModel(then).get("patching"))
                .as("REST has no patches of a step")
                .isNull();
        assertThat(ofModel(then).get("edges")).isNull();
    }

    @Test
    void aModelThatIsNotForEverybodyNeedsAToken() {
        PythonModel own = model(Norm.NONE, false, OpenModel.FINISHED, Audience.OWNER);
        assertThat(ofModel(own).get("copying"))
                .contains("os.environ[\"HEADLIGHT_TOKEN\"]", "not everybody may see this model");
        assertThat(ofModel(model).get("copying")).contains("os.environ.get(\"HEADLIGHT_TOKEN\")");
    }

    @Test
    void versionsAreThoseThatComputeTheModel() {
        assertThat(ofModel(model).get("copying")).contains("transformer-lens==4.3.0", "TransformerBridge.boot_native");
        PythonModel other = model(Norm.NONE, true, OpenModel.FINISHED, Audience.ALL);
        assertThat(ofModel(other).get("copying"))
                .contains("transformer-lens==3.9.0")
                .doesNotContain("4.3.0", "boot_native");
    }

    private @Nullable String attention(AttentionState drawn) {
        return AttentionPython.of(run, List.of(List.of(HEAD)), drawn, null);
    }

    private static PythonRun run(PythonModel model, EditList edits, Shown shown) {
        Run run = model.open().transformer().run(TOKENS);
        List<Piece> pieces = new ArrayList<>(
                Arrays.stream(TOKENS).mapToObj(model.open().tokenizer()::piece).toList());
        pieces.set(0, new Piece(7, HOSTILE, HOSTILE, Piece.Kind.TEXT));
        return new PythonRun(model, pieces, run, run, edits, shown);
    }

    private static PythonModel model(Norm norm, boolean shortformer, long step, Audience audience) {
        return model(
                RandomModels.config(2, shortformer ? Positions.SHORTFORMER : Positions.STANDARD, norm), step, audience);
    }

    private static PythonModel model(Config config, long step, Audience audience) {
        StoredModel stored = new StoredModel(
                1, HOSTILE, "hash", ConfigFile.of(config), List.of(), null, Set.of(), false, false, null, audience);
        Transformer transformer = new Transformer(config, RandomModels.weights(config, 1), MatrixProducts.fastest());
        return new PythonModel(new OpenModel(stored, step, transformer, new IdTokenizer(config.dVocab())));
    }
}
