package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.Nightly;
import app.headlight.browser.BrowserTest;
import app.headlight.engine.circuits.LogitAttribution;
import app.headlight.engine.circuits.LogitDirection;
import app.headlight.engine.circuits.QkCircuit;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.circuits.StrongNeurons;
import app.headlight.engine.circuits.SummedAttention;
import app.headlight.engine.residual.Bandwidth;
import app.headlight.engine.residual.Deletion;
import app.headlight.engine.residual.LogitLens;
import app.headlight.engine.residual.Stage;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Models of the families of language models, with MLPs, norms with weights and rotary positions, in a real browser. */
class LanguageModelsIT extends BrowserTest {

    private static final String TEXT = "&text=1%202%203%204%205%201%202%203%209%209%204";

    @DynamicPropertySource
    static void families(DynamicPropertyRegistry registry) {
        String folder = "src/test/resources/reference/";
        registry.add("test.few-models", () -> folder + "families," + folder + "config-fields");
    }

    @Autowired
    private ModelLibrary library;

    static List<String> kinds() {
        return Nightly.some(
                6,
                List.of(
                        "random-gpt2",
                        "random-neox",
                        "random-tl-solu-ln",
                        "random-llama",
                        "random-qwen2",
                        "scores-soft-cap"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyTabOfEveryFamilyIsDrawn(String model) {
        for (String tab : Nightly.some(
                4,
                List.of("ov", "neurons", "qk", "beside", "residual", "layer", "attribution", "sentences", "steps"))) {
            page.open("explore?heads=L1H1&model=" + model + "&tab=" + tab + TEXT);
            if (tab.equals("neurons") && model(model).config().mlp() == null) {
                page.untilText("circuit-tabs", "has no MLPs");
                continue;
            }
            page.until(
                    model + " " + tab,
                    () -> page.script("const shown = document.querySelectorAll('#circuit-content *');"
                                    + " return [...shown].some((each) => each.data && each.checkVisibility())")
                            == Boolean.TRUE);
            assertThat(page.driver().findElements(By.cssSelector("vaadin-notification-card, .hl-notice")))
                    .isEmpty();
        }
    }

    @Test
    void aLogitIsSplitByComponentWhereMlpsAreOnItsPaths() {
        page.open("explore?model=random-gpt2&tab=attribution&dest=7" + TEXT);
        page.until("the components", () -> "component".equals(page.script("return " + bars() + "?.by")));
        Transformer model = model("random-gpt2").transformer();
        Run run = run("random-gpt2");
        LogitAttribution split = LogitAttribution.of(model, run, LogitDirection.logit(model, run, 7, run.tokens()[8]));
        assertThat(number(bars() + ".model")).isCloseTo(run.logits().get(7, run.tokens()[8]), within(1e-5));
        assertThat(number(bars() + ".sum")).isCloseTo(number(bars() + ".model"), within(1e-4));
        for (int layer = 0; layer < split.mlps().size(); layer++) {
            assertThat(number(bars() + ".paths.find((path) => path.label === 'MLP" + layer + "').value"))
                    .isCloseTo(split.mlps().get(layer), within(1e-5));
        }
        assertThat(page.text("circuit-tabs")).contains("this model has MLPs", "sum of heads, MLPs, embedding, biases");
    }

    @Test
    void theStrongestNeuronsAreTheEngines() {
        page.open("explore?model=random-gpt2&tab=neurons&heads=L2H0&dest=7" + TEXT);
        page.until(
                "the neurons",
                () -> page.script("return document.getElementById('neurons')?.data?.rows?.length")
                        .equals(12L));
        StrongNeurons strong = StrongNeurons.of(model("random-gpt2").transformer(), run("random-gpt2"), 2, 7, 12, 5);
        StrongNeurons.Neuron first = strong.neurons().getFirst();
        assertThat(page.script("return document.getElementById('neurons').data.rows[0].cells[0]"))
                .isEqualTo("L2N" + first.index());
        assertThat(number("document.getElementById('neurons').data.rows[0].cells[1]"))
                .isCloseTo(first.activations()[7], within(1e-5));
        assertThat(number("document.getElementById('neurons-by-token').values[9]"))
                .isCloseTo(first.activations()[9], within(1e-5));
        page.openTab("Layer");
        page.untilAddress("tab=layer");
        float summed = SummedAttention.ofLayer(run("random-gpt2"), 2).summed().get(6, 2);
        page.until(
                "the layer",
                () -> page.script("return document.getElementById('layer-attention')?.values?.length")
                        .equals(121L));
        assertThat(number("document.getElementById('layer-attention').values[" + (6 * 11 + 2) + "]"))
                .isCloseTo(summed, within(1e-6));
        page.inside("pooled").findElement(By.cssSelector("label:nth-child(2)")).click();
        page.untilAddress("pooled=mean");
        float mean = SummedAttention.ofAll(run("random-gpt2")).mean().get(6, 2);
        page.until(
                "the mean of all",
                () -> Math.abs(number("document.getElementById('all-attention').values[" + (6 * 11 + 2) + "]") - mean)
                        < 1e-6);
    }

    @Test
    void mlpsStandBesideTheHeads() {
        page.open("explore?model=random-gpt2&tab=residual&stream=bandwidth" + TEXT);
        Transformer model = model("random-gpt2").transformer();
        Bandwidth.Channel channel = Bandwidth.of(model).channels().stream()
                .filter(each -> each.writer().equals(StreamWriter.ofMlp(0))
                        && each.reader().toString().equals("L2H1.k"))
                .findFirst()
                .orElseThrow();
        page.until("the matrix", () -> !"".equals(page.script("return " + cell("bandwidth-share", "MLP0", "L2H1 K"))));
        assertThat(number(cell("bandwidth-share", "MLP0", "L2H1 K"))).isCloseTo(channel.share(), within(1e-6));

        page.open("explore?model=random-gpt2&tab=residual&stream=deletion" + TEXT);
        page.until("the matrix", () -> !"".equals(page.script("return " + cell("deletion-cosine", "MLP1", "7"))));
        assertThat(number(cell("deletion-cosine", "MLP1", "7")))
                .isCloseTo(
                        Deletion.of(run("random-gpt2"))
                                .get(StreamWriter.ofMlp(1))
                                .cosines()[7],
                        within(1e-6));

        page.open("explore?model=random-gpt2&tab=residual" + TEXT);
        page.until(
                "the lens",
                () -> page.script("return document.querySelector('headlight-logit-lens')?.data?.stages?.join()")
                        .equals("embedding,L0 heads,after L0,L1 heads,after L1,L2 heads,after L2"));
        Stage stage = new Stage(1, true);
        LogitLens lens = LogitLens.of(model, run("random-gpt2"), 5, List.of(stage, new Stage(2, false)));
        assertThat(number("document.querySelector('headlight-logit-lens').data.cells[3][7].correct"))
                .isCloseTo(lens.at(0, 7).probability(), within(1e-6));

        page.open("explore?model=random-gpt2&tab=steps&heads=L2H0&dest=7" + TEXT);
        page.untilText("step-mlp", "Then MLP2 reads the stream with what the heads of its layer wrote");
        StrongNeurons strong = StrongNeurons.of(model, run("random-gpt2"), 2, 7, 12, 5);
        page.until(
                "the neurons",
                () -> page.script("return document.getElementById('step-neurons')?.data?.rows?.[0].cells[0]")
                        .equals("L2N" + strong.neurons().getFirst().index()));
    }

    @Test
    void aRotaryModelsQkCircuitIsShownAtADistance() {
        page.open("explore?model=random-llama&tab=qk&heads=L1H1&distance=3" + TEXT);
        untilAt(3);
        isTheCircuitAt(3);
        page.script("const slider = document.getElementById('qk-distance'); slider.value = 9;"
                + " slider.dispatchEvent(new Event('change'))");
        page.untilAddress("distance=9");
        untilAt(9);
        isTheCircuitAt(9);
        page.driver().navigate().back();
        untilAt(3);
        isTheCircuitAt(3);
        page.open("explore?model=random-gpt2&tab=qk&distance=3" + TEXT);
        page.untilNotice("is the same at every distance");
    }

    @Tag("nightly")
    @Test
    void picturesSayWhatTheyLeaveOut() {
        page.open("explore?model=random-gpt2&tab=residual&stream=bandwidth" + TEXT);
        page.untilText("bandwidth-words", "The weights of norms are left out.");
        page.open("explore?model=random-llama&tab=ov" + TEXT);
        page.untilText("circuit-tabs", "Circuits of weights leave out of this model: the weights of its norms");
        page.open("explore?model=scores-soft-cap&tab=qk&heads=L1H1" + TEXT);
        page.untilText("inspector", "q·k/√d (capped at 1.25) ");
    }

    @Test
    void aSourceOutsideTheWindowIsNotShownAsALine() {
        page.open("explore?model=window&heads=L1H1&dest=9&src=1" + TEXT);
        page.untilNotice("outside the window of");
    }

    private void untilAt(int distance) {
        page.until(
                "the distance of " + distance,
                () -> page.text("circuit-tabs").contains("at distance " + distance)
                        && page.text("circuit-tabs").contains("QK at distance " + distance));
    }

    private void isTheCircuitAt(int distance) {
        Run run = run("random-llama");
        float score = QkCircuit.of(model("random-llama").transformer(), new HeadId(1, 1), distance)
                .between(run.tokens())
                .get(6, 2);
        page.until(
                "the score of 6 and 2 at " + distance,
                () -> Math.abs(number("document.querySelector('.hl-tab-circuit headlight-heatmap').values["
                                        + (6 * run.length() + 2) + "]")
                                - score)
                        < 1e-6);
    }

    private static String bars() {
        return "document.getElementById('attribution')?.data";
    }

    private double number(String script) {
        return ((Number) page.script("return " + script)).doubleValue();
    }

    private OpenModel model(String name) {
        return library.open(name).orElseThrow();
    }

    private Run run(String name) {
        return model(name).transformer().run(new int[] {1, 2, 3, 4, 5, 1, 2, 3, 9, 9, 4});
    }

    /** The value of a heatmap's cell, by the names of its row and column; a token's column is its position. */
    private static String cell(String id, String row, String column) {
        return "(() => { const map = document.getElementById('" + id + "'); if (!map?.data) return null;"
                + " const [rows, columns] = [map.data.rows.names, map.data.columns.names];"
                + " const place = (names, name) => names.some((each) => each.label === name)"
                + " ? names.findIndex((each) => each.label === name) : Number(name);"
                + " return map.values[place(rows, '" + row + "') * columns.length + place(columns, '" + column
                + "')]; })()";
    }
}
