package app.headlight.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextFiguresTest {

    private static final char[] TEXT = {0, 1, 0, 1, 0, 2, 0, 1, 2, 2};
    private static final char[] UNSEEN = {3, 3, 3, 3, 3};

    private final TextFigures figures = new TextExamples(TEXT, UNSEEN, 0, 0, 0, 4).figures(3);

    @Test
    void pairsAreCountedAndTheCommonestComeFirst() {
        assertThat(figures.counts()).containsExactly(4, 3, 2, 0); // the last token has none after it
        assertThat(figures.share(0, 1)).isCloseTo(0.75, within(1e-12));
        assertThat(figures.share(0, 2)).isCloseTo(0.25, within(1e-12));
        assertThat(figures.share(0, 3)).isNaN();
        assertThat(figures.share(3, 0)).isNaN();
        List<TextFigures.Pair> after = figures.after(0);
        assertThat(after).extracting(TextFigures.Pair::second).containsExactly(1, 2);
        assertThat(after.getFirst().firstShare()).isCloseTo(4 / 9.0, within(1e-12));
        assertThat(figures.after(3)).isEmpty();
    }

    @Test
    void windowsAreOfTheTextThatIsNotTrainedOn() {
        assertThat(figures.unseen())
                .hasSize(16)
                .allSatisfy(window -> assertThat(window).containsExactly(3, 3, 3));
        TextFigures made = new Repeats(50).figures(8);
        assertThat(made.hasPairs()).isFalse();
        assertThat(made.unseen()).allSatisfy(window -> assertThat(window).hasSize(8));
        assertThat(made.share(1, 2)).isNaN();
    }

    @Test
    void theFileGivesTheSame() {
        TextFigures read = TextFigures.of(figures.json());
        assertThat(read.counts()).isEqualTo(figures.counts());
        assertThat(read.follows()).usingRecursiveComparison().isEqualTo(figures.follows());
        assertThat(read.unseen()).usingRecursiveComparison().isEqualTo(figures.unseen());
        assertThatThrownBy(() -> TextFigures.of("[1]")).hasMessageContaining("cannot be read");
    }
}
