package app.headlight.web.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void signsAndDigitsAreWrittenOneWay() {
        assertThat(DoubleStream.of(10.414, -0.24, -0.04507, 0.0996, 0.0004, -0.0004, 0, -1.375)
                        .mapToObj(Figures::signed))
                .containsExactly("+10.41", "−0.24", "−0.045", "+0.10", "0.00", "0.00", "0.00", "−1.38");
        assertThat(Figures.fixed(-0.04507, 4)).isEqualTo("−0.0451");
        assertThat(Figures.fixed(-0.00001, 4)).isEqualTo("0.0000");
        assertThat(Figures.signed(0.25, 3)).isEqualTo("+0.250");
    }

    @Test
    void theCountryOfTheServerDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Figures.fixed(1.5, 2)).isEqualTo("1.50");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void whatIsNoNumberIsSaidSo() {
        assertThat(Figures.signed(Double.NaN)).isEqualTo("NaN");
    }
}
