package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.circuits.HeadLabel.Kind;
import org.junit.jupiter.api.Test;

class HeadLabelTest {

    @Test
    void aHeadIsKnownForItsHighestScore() {
        assertThat(HeadLabel.of(new DetectorScores(0.1, 0.3, 0.72, 0.2))).contains(new HeadLabel(Kind.INDUCTION, 0.72));
        assertThat(HeadLabel.of(new DetectorScores(0.94, 0, 0, 0.01))).contains(new HeadLabel(Kind.PREVIOUS, 0.94));
        assertThat(HeadLabel.of(new DetectorScores(0, 0.5, 0, 0.49))).contains(new HeadLabel(Kind.DUPLICATE, 0.5));
        assertThat(HeadLabel.of(new DetectorScores(0, 0, 0, 0.2))).contains(new HeadLabel(Kind.FIRST, 0.2));
    }

    @Test
    void aHeadWithoutAHighScoreIsKnownForNothing() {
        assertThat(HeadLabel.of(new DetectorScores(0.19, 0.19, 0.19, 0.19))).isEmpty();
    }

    @Test
    void strongIsOneThatDoesMostlyThat() {
        assertThat(new HeadLabel(Kind.INDUCTION, 0.5).isStrong()).isTrue();
        assertThat(new HeadLabel(Kind.INDUCTION, 0.49).isStrong()).isFalse();
    }
}
