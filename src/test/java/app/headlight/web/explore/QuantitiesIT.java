package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.engine.transformer.Run;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.web.view.ViewState;
import app.headlight.web.words.Quantity;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The same question has the same answer, under the same name, wherever the page gives it. */
class QuantitiesIT extends BrowserTest {

    private static final String VIEW = "explore?model=storybook-2l&heads=L1H3&dest=20&src=9&ask=";
    private static final String ASKED_OVER_MEAN = "over%20mean(%C2%B7Mary)";

    /** The last token looks at ·Mary, which comes next by the model's own guess. */
    private static final int DESTINATION = 20;

    private static final int SOURCE = 9;

    @Autowired
    private ModelLibrary library;

    @Test
    void whatALineAddsToALogit() {
        page.open(VIEW + ASKED_OVER_MEAN + "&tab=attribution");
        String unit = Quantity.LOGIT_OVER_MEAN.label();
        double line = number("""
                const packed = atob(document.getElementById('attention-view').data.heads[0].logit);
                const values = new Float32Array(Uint8Array.from(packed, c => c.charCodeAt(0)).buffer);
                return values[arguments[0] * (arguments[0] + 1) / 2 + arguments[1]]""", DESTINATION, SOURCE);

        Map<?, ?> listed = (Map<?, ?>) page.script("""
                const {rows, unit} = document.querySelector('#inspector headlight-ranked-tokens').data;
                return {value: rows.find(r => r.label === '·Mary').value, unit}""");
        assertThat(((Number) listed.get("value")).doubleValue()).isCloseTo(line, within(1e-5));
        assertThat(listed.get("unit")).isEqualTo(unit);

        Matcher said = Pattern.compile(
                        Pattern.quote(unit) + " of “.*?·Mary.*?” ([+−][\\d.]+) \\(logit ([+−][\\d.]+)\\)")
                .matcher(page.words("inspector"));
        assertThat(said.find()).as(page.words("inspector")).isTrue();
        assertThat(figure(said.group(1))).isCloseTo(line, within(0.005));

        Map<?, ?> file = (Map<?, ?>) page.script("""
                const {header, rows} = document.getElementById('attention-view').picture.table();
                const row = rows.find(r => r[0] === arguments[0] && r.includes(arguments[1], 1) && r.at(-1) === arguments[2]);
                return {name: header.at(-1), row: row ? row.at(-1) : null}""", DESTINATION, SOURCE, line);
        assertThat(file.get("name")).isEqualTo("L1H3 " + unit + " of the next token");
        assertThat(((Number) file.get("row")).doubleValue()).isEqualTo(line);

        untilUnit(unit);
        assertThat(attribution()).isCloseTo(line, within(1e-4));
        assertThat(page.script("return document.getElementById('attribution').data.unit"))
                .isEqualTo(unit);
        // What the head reads straight from the embedding is its weight times the entry of its OV circuit.
        double direct = number(
                "return document.getElementById('attribution').data.paths.find(p => p.label === 'L1H3').bySource[9]");
        assertThat(page.text("circuit-tabs")).contains(Quantity.LOGIT_OVER_MEAN.explanation());

        page.open(VIEW + "%C2%B7Mary&tab=attribution");
        untilUnit(Quantity.LOGIT.label());
        assertThat(figure(said.group(2))).isCloseTo(attribution(), within(0.005));

        page.open(VIEW + "&tab=ov");
        page.until(
                "the OV circuit",
                () -> page.script("return document.querySelector('.hl-tab-circuit > headlight-heatmap')?.data?.unit")
                        .equals(unit));
        double weight = number("""
                const packed = atob(document.getElementById('attention-view').data.heads[0].pattern);
                const values = new Float32Array(Uint8Array.from(packed, c => c.charCodeAt(0)).buffer);
                return values[arguments[0] * (arguments[0] + 1) / 2 + arguments[1]]""", DESTINATION, SOURCE);
        double ranked = number("""
                return document.querySelector('.hl-tab-circuit > headlight-ranked-tokens').data.rows
                    .find(r => r.label === '·Mary').value""");
        double entry = number("""
                const map = document.querySelector('.hl-tab-circuit > headlight-heatmap');
                const names = map.data.rows.names.map(n => n.label);
                const at = names.indexOf('·Mary');
                return map.values[at * names.length + at]""");
        assertThat(page.script("return document.querySelector('.hl-tab-circuit > headlight-ranked-tokens').data.unit"))
                .isEqualTo(unit);
        assertThat(entry).isCloseTo(ranked, within(1e-5));
        assertThat(weight * entry).isCloseTo(direct, within(1e-4));
    }

    @Tag("nightly")
    @Test
    void aScore() {
        page.open(VIEW + "&tab=qk&term=scores");
        page.until(
                "the table",
                () -> page.script("return document.getElementById('score-parts-table')?.values?.length > 0")
                        == Boolean.TRUE);
        double table = number("return document.getElementById('score-parts-table').values[0]");
        double heatmap = number(
                "return document.querySelector('.hl-tab-circuit > headlight-heatmap').values[arguments[0]]",
                DESTINATION * (DESTINATION + 1) + SOURCE);
        Matcher said = Pattern.compile("score q·k/√d ([−\\d.]+)").matcher(page.words("inspector"));
        assertThat(said.find()).isTrue();
        page.open(VIEW + "&tab=steps");
        page.until(
                "the steps",
                () -> page.script("return document.getElementById('step-by-step')?.data?.sources?.length > 0")
                        == Boolean.TRUE);
        double step = number(
                "return document.getElementById('step-by-step').data.sources.find(s => s.index === arguments[0]).score",
                SOURCE);
        assertThat(heatmap).isEqualTo(step);
        assertThat(table).isCloseTo(step, within(1e-4));
        assertThat(figure(said.group(1))).isCloseTo(step, within(1e-4));
    }

    @Test
    void aProbabilityAndALoss() {
        page.open(VIEW + "log%20p(%C2%B7Mary)&tab=attribution");
        double strip =
                number("return document.getElementById('token-strip').data.next[20].find(g => g.label === '·Mary').p");
        double inspector = number("""
                return [...document.querySelectorAll('#inspector headlight-ranked-tokens')].at(-1).data.rows
                    .find(r => r.label === '·Mary').value""");
        assertThat(inspector).isEqualTo(strip);
        page.untilText("circuit-tabs", "log p is ");
        Matcher said = Pattern.compile("log p is ([−\\d.]+) \\(p ([\\d.]+)\\)").matcher(page.text("circuit-tabs"));
        assertThat(said.find()).isTrue();
        assertThat(Math.exp(figure(said.group(1)))).isCloseTo(strip, within(1e-4));
        assertThat(figure(said.group(2))).isCloseTo(strip, within(1e-4));
        double loss = number("return document.getElementById('token-strip').data.surprise[9]");
        assertThat(loss).isCloseTo(run().loss()[8], within(1e-6));

        page.openTab("Residual stream");
        page.until(
                "the lens",
                () -> page.script("return document.querySelector('headlight-logit-lens')?.data?.cells?.length")
                        .equals(3L));
        double lens = number("""
                return document.querySelector('headlight-logit-lens').data.cells[2][20].top
                    .find(g => g.label === '·Mary').p""");
        assertThat(lens).isCloseTo(strip, within(1e-6));
        double ofReal = number("return document.querySelector('headlight-logit-lens').data.cells[2][8].correct");
        assertThat(-Math.log(ofReal)).isCloseTo(loss, within(1e-5));
    }

    private Run run() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        return model.transformer().run(model.prompt(ViewState.FIRST_SENTENCE).tokens(), List.of());
    }

    private void untilUnit(String unit) {
        page.until(
                "figures of the " + unit,
                () -> page.script("return document.getElementById('attribution-by-head')?.data?.unit")
                        .equals(unit));
        page.settle();
    }

    /** Of L1H3, the eighth row: all sources first, then each. */
    private double attribution() {
        return number(
                "return document.getElementById('attribution-by-head').values[arguments[0]]",
                7 * (DESTINATION + 2) + 1 + SOURCE);
    }

    private static double figure(String written) {
        return Double.parseDouble(written.replace('−', '-'));
    }

    private double number(String script, Object... arguments) {
        return ((Number) page.script(script, arguments)).doubleValue();
    }
}
