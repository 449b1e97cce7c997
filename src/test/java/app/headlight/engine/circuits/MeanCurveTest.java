package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.EdgeCurve.Point;
import app.headlight.engine.circuits.EdgeCurve.Ranking;
import app.headlight.engine.circuits.EdgeTask.Measure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeanCurveTest {

    private static final Edge FIRST = edge("embed", "L0H0.q");
    private static final Edge SECOND = edge("embed", "L0H0.k");
    private static final Edge THIRD = edge("L0H0", "logits");

    @Test
    void hasTheMeanAndTheStandardDeviationOfItsPairs() {
        MeanCurve mean = MeanCurve.of(List.of(curve(0.2, 1.0), curve(0.4, 1.0), curve(0.9, 1.0)));
        assertThat(mean.pairs()).isEqualTo(3);
        assertThat(mean.points().get(1).kept()).isEqualTo(1);
        assertThat(mean.points().get(1).faithfulness().mean()).isCloseTo(0.5, within(1e-12));
        // √((0.3² + 0.1² + 0.4²) / 2)
        assertThat(mean.points().get(1).faithfulness().deviation()).isCloseTo(Math.sqrt(0.13), within(1e-12));
        // Trapezoids at shares 0, ¼ and 1 of 4 edges: ⅛ (0 + f) + ⅜ (f + 1), so that ½ f + ⅜ is the area.
        assertThat(mean.area().mean()).isCloseTo(0.5 * 0.5 + 0.375, within(1e-12));
        assertThat(mean.distance().mean()).isCloseTo(1 - mean.area().mean(), within(1e-12));
    }

    @Test
    void leavesOutAndCountsPairsWhoseRunsAreAlike() {
        MeanCurve mean = MeanCurve.of(List.of(curve(0.2, 1.0), curve(null, null)));
        assertThat(mean.pairs()).isEqualTo(1);
        assertThat(mean.alike()).isEqualTo(1);
        assertThat(mean.points().get(1).faithfulness().mean()).isEqualTo(0.2);
        assertThat(mean.points().get(1).faithfulness().deviation()).isNaN();
        assertThat(MeanCurve.of(List.of(curve(null, null))).area().mean()).isNaN();
    }

    @Test
    void theMeanEffectIsOfEachEdge() {
        EdgeEffects mean = EdgeEffects.mean(List.of(
                new EdgeEffects(Map.of(FIRST, 1.0, SECOND, -4.0)), new EdgeEffects(Map.of(FIRST, 3.0, SECOND, 1.0))));
        assertThat(mean.of()).containsOnly(Map.entry(FIRST, 2.0), Map.entry(SECOND, -1.5));
    }

    @Test
    void whatSupportsABehaviourIsRankedByTheMetricsOwnSign() {
        EdgeEffects effects = new EdgeEffects(Map.of(FIRST, -3.0, SECOND, 5.0, THIRD, -1.0));
        assertThat(EdgeCurve.ranked(effects, Ranking.ABSOLUTE, Measure.LOGIT_DIFF))
                .containsExactly(SECOND, FIRST, THIRD);
        assertThat(EdgeCurve.ranked(effects, Ranking.SUPPORTING, Measure.LOGIT_DIFF))
                .containsExactly(FIRST, THIRD, SECOND);
        assertThat(EdgeCurve.ranked(effects, Ranking.SUPPORTING, Measure.KL)).containsExactly(SECOND, THIRD, FIRST);
    }

    private static EdgeCurve curve(@Nullable Double one, @Nullable Double all) {
        return new EdgeCurve(
                2,
                1,
                4,
                List.of(
                        new Point(0, 1, all == null ? null : 0.0, null),
                        new Point(1, 1, one, one),
                        new Point(4, 2, all, all)));
    }

    private static Edge edge(String writer, String reader) {
        return new Edge(StreamWriter.parse(writer), StreamReader.parse(reader));
    }
}
