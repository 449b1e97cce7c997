package app.headlight.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    ' the', '·the'
                    '  ', '··'
                    'a\u202Eb', 'a⟨U+202E⟩b'
                    '\u00A0', '⟨U+00A0⟩'
                    '\u200D', '⟨U+200D⟩'
                    '\uD83D', '⟨U+D83D⟩'
                    '\u0301', '◌\u0301'
                    '😀', '😀'
                    '\u0000\u001F\u007F', '␀␟␡'
                    """)
    void makeEveryCharacterVisible(String text, String label) {
        assertThat(Labels.of(text)).isEqualTo(label);
    }
}
