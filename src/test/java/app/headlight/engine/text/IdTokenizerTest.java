package app.headlight.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTokenizerTest {

    private final IdTokenizer tokenizer = new IdTokenizer(50);

    @Test
    void readsIdsBetweenSpacesOrCommas() {
        assertThat(tokenizer.encode("12 7 3")).containsExactly(12, 7, 3);
        assertThat(tokenizer.encode(" 12,7,\n 0003 ")).containsExactly(12, 7, 3);
        assertThat(tokenizer.encode(" ")).isEmpty();
        assertThat(tokenizer.decode(new int[] {12, 7, 3})).isEqualTo("12 7 3");
        assertThat(tokenizer.piece(12)).isEqualTo(new Piece(12, "12", "12", Piece.Kind.TEXT));
        assertThat(tokenizer.vocabularySize()).isEqualTo(50);
    }

    @Test
    void slicesJoinedGiveTheTextBack() {
        assertThat(tokenizer.encodeWithSlices("  12,  7 3 \n").slices()).containsExactly("  12", ",  7", " 3 \n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"50", "-1", "x", "1.5", "99999999999999999999999", "١٢"})
    void namesTheWordThatIsNoId(String word) {
        assertThatThrownBy(() -> tokenizer.encode("3 " + word))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("word 2, \"" + word + "\"")
                .hasMessageContaining("0 to 49");
    }

    @Test
    void namesAnIdOutsideTheVocabulary() {
        assertThatThrownBy(() -> tokenizer.decode(new int[] {3, 50}))
                .hasMessageContaining("50 is outside")
                .hasMessageContaining("0 to 49");
        assertThat(tokenizer.piece(50).label()).isEqualTo("⟨50⟩");
    }
}
