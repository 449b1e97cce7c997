package app.headlight.web.search;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.web.search.SearchState.Way;
import app.headlight.web.view.AskedPairs.Made;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchStateTest {

    @Test
    void aTaskIsWhatIsSearchedAndHowOfWhateverModel() {
        SearchState shown = SearchState.of(Map.of(
                "model",
                "storybook-2l",
                "task",
                "own",
                "own",
                "a,b,c,d",
                "metric",
                "kl",
                "method",
                "acdc",
                "threshold",
                "0.25",
                "kept",
                "7",
                "edge",
                "embed->logits"));
        SearchState task = shown.task();
        assertThat(task.get(SearchState.MODEL)).isEmpty();
        assertThat(task.get(SearchState.KEPT)).isNegative();
        SearchState other = SearchState.of(Map.of("model", "induction-by-hand", "pairs", "3", "kept", "2"))
                .withTaskOf(SearchState.at(task.address()));
        assertThat(other.get(SearchState.MODEL)).isEqualTo("induction-by-hand");
        assertThat(other.get(SearchState.TASK)).isEqualTo(Made.OWN);
        assertThat(other.get(SearchState.OWN)).isEqualTo("a,b,c,d");
        assertThat(other.get(SearchState.METRIC)).isEqualTo(Measure.KL);
        assertThat(other.get(SearchState.METHOD)).isEqualTo(Way.ACDC);
        assertThat(other.get(SearchState.THRESHOLD)).isEqualTo(0.25);
        assertThat(other.get(SearchState.KEPT)).isNegative();
        assertThat(other.task()).isEqualTo(task);
    }

    @Test
    void aThresholdIsANumberAboveZero() {
        for (String wrong : new String[] {"0", "-1", "much", "Infinity", "NaN"}) {
            SearchState state = SearchState.of(Map.of("threshold", wrong));
            assertThat(state.get(SearchState.THRESHOLD)).isEqualTo(0.1);
            assertThat(state.query().notices()).singleElement().asString().contains("threshold=" + wrong);
        }
    }
}
