package app.headlight.services.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final OffsetDateTime TIME = OffsetDateTime.of(2026, 12, 1, 8, 0, 0, 0, ZoneOffset.UTC);

    /** Five of 0.7 and five of 0.9: mean 0.8, s² = 10 · 0.01 / 9, so that 2 SE = 2 · √(0.1/9/10) = 0.0667. */
    private static final double[] TEN = {0.7, 0.9, 0.7, 0.9, 0.7, 0.9, 0.7, 0.9, 0.7, 0.9};

    @Test
    void meanAndStandardErrorAreThoseOfTheFormula() {
        Pooled pooled = pooled(TEN);
        assertThat(pooled.mean()).isCloseTo(0.8, within(1e-12));
        assertThat(pooled.error()).isCloseTo(Math.sqrt(0.1 / 9 / 10), within(1e-12));
    }

    @Test
    void twoStandardErrorsDecide() {
        assertThat(verdict("score(L0H0, first) ≥ 0.733", TEN)).isEqualTo(Verdict.HOLDS);
        assertThat(verdict("score(L0H0, first) ≥ 0.734", TEN)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict("score(L0H0, first) ≥ 0.8", TEN)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict("score(L0H0, first) ≥ 0.866", TEN)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict("score(L0H0, first) ≥ 0.867", TEN)).isEqualTo(Verdict.FAILS);
        assertThat(verdict("score(L0H0, first) ≤ 0.867", TEN)).isEqualTo(Verdict.HOLDS);
        assertThat(verdict("score(L0H0, first) ≤ 0.866", TEN)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict("score(L0H0, first) ≤ 0.734", TEN)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict("score(L0H0, first) ≤ 0.733", TEN)).isEqualTo(Verdict.FAILS);
    }

    @Test
    void fewerThanTenSeedsDecideNothing() {
        assertThat(verdict(
                        "score(L0H0, first) ≥ 0.1",
                        DoubleStream.of(TEN).limit(9).toArray()))
                .isEqualTo(Verdict.UNMEASURED);
        assertThat(verdict("score(L0H0, first) ≥ 0.1", TEN)).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void whatIsOfTheWeightsAloneNeedsOneMeasurement() {
        assertThat(verdict("copying(L0H0) ≥ 0.5", 0.5)).isEqualTo(Verdict.HOLDS);
        assertThat(verdict("copying(L0H0) ≥ 0.5", 0.49)).isEqualTo(Verdict.FAILS);
        assertThat(verdict("copying(L0H0) ≤ 0.5", 0.5)).isEqualTo(Verdict.HOLDS);
        assertThat(pooled(0.5).error()).isNaN();
    }

    @Test
    void withoutAnyValueItCannotBeMeasured() {
        Statement drawn = Statement.parse("score(L9H0, first) ≥ 0.5");
        Statement fixed = Statement.parse("copying(L9H0) ≥ 0.5");
        assertThat(Verdict.of(fixed, impossible(1))).isEqualTo(Verdict.IMPOSSIBLE);
        assertThat(Verdict.of(drawn, impossible(2))).isEqualTo(Verdict.UNMEASURED);
        assertThat(Verdict.of(drawn, impossible(3))).isEqualTo(Verdict.IMPOSSIBLE);
        assertThat(impossible(2).reason()).isEqualTo("why 1");
    }

    /** A mean near the bound is undecided, and measurements that are added are never set against those before alone. */
    @Test
    void measurementsAreAddedAndNotReplaced() {
        Statement claim = Statement.parse("score(L0H0, first) ≥ 0.81");
        assertThat(Verdict.of(claim, pooled(TEN))).isEqualTo(Verdict.UNDECIDED);
        double[] lucky = DoubleStream.generate(() -> 0.9).limit(10).toArray();
        assertThat(Verdict.of(claim, pooled(lucky))).as("the lucky round alone").isEqualTo(Verdict.HOLDS);
        double[] all = DoubleStream.concat(DoubleStream.of(TEN), DoubleStream.of(lucky))
                .toArray();
        // mean 0.85, s² = (5 · 0.15² + 15 · 0.05²) / 19, 2 SE = 0.0398: 0.81 is just within reach, 0.811 is not
        assertThat(Verdict.of(claim, pooled(all))).isEqualTo(Verdict.HOLDS);
        assertThat(Verdict.of(Statement.parse("score(L0H0, first) ≥ 0.811"), pooled(all)))
                .isEqualTo(Verdict.UNDECIDED);
        assertThat(pooled(all).mean()).isCloseTo(0.85, within(1e-12));
    }

    @Test
    void theWorstIsToldFirst() {
        Standing standing = Standing.of(List.of(Verdict.HOLDS, Verdict.FAILS, Verdict.HOLDS, Verdict.UNDECIDED));
        assertThat(standing.first()).contains(Verdict.FAILS);
        assertThat(standing.inWords()).isEqualTo("4 claims: 1 fails, 1 is undecided, 2 hold");
        assertThat(Standing.of(List.of(Verdict.HOLDS, Verdict.HOLDS)).inWords()).isEqualTo("all 2 claims hold");
        assertThat(Standing.of(List.of(Verdict.IMPOSSIBLE)).inWords()).isEqualTo("the claim cannot be measured");
        assertThat(Standing.NONE.first()).isEmpty();
        assertThat(Standing.of(List.of(Verdict.HOLDS)).plus(standing).total()).isEqualTo(5);
    }

    private static Verdict verdict(String claim, double... values) {
        return Verdict.of(Statement.parse(claim), pooled(values));
    }

    private static Pooled pooled(double... values) {
        List<Sample> samples = new ArrayList<>();
        for (double value : values) {
            samples.add(new Sample(samples.size(), "a".repeat(64), value, null, TIME));
        }
        return Pooled.of(samples);
    }

    private static Pooled impossible(int count) {
        return Pooled.of(IntStream.range(0, count)
                .mapToObj(i -> new Sample(i, "a".repeat(64), null, "why " + i, TIME))
                .toList());
    }
}
