package app.headlight.web.words;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.text.Piece;
import org.junit.jupiter.api.Test;

class TokenTextTest {

    @Test
    void aTokenReadFromTheRightIsSetApartFromItsPosition() {
        assertThat(TokenText.placed(new Piece(7, " שלום", "·שלום", Piece.Kind.TEXT), 9))
                .isEqualTo("\u2068·שלום\u2069 (9)");
    }

    @Test
    void aVeryLongTokenIsCutBetweenCharacters() {
        String cut = TokenText.of("😀".repeat(900));
        assertThat(cut).isEqualTo("\u2068" + "😀".repeat(TokenText.MOST - 1) + "…\u2069");
        assertThat(TokenText.of("")).isEmpty();
    }
}
