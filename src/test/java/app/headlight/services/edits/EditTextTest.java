package app.headlight.services.edits;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EditTextTest {

    private static final HeadId HEAD = new HeadId(1, 2);

    static Stream<AskedEdit> edits() {
        Site result = Site.of(Kind.RESULT, HEAD);
        return Stream.of(
                AskedEdit.zero(result),
                AskedEdit.zero(new Site(Kind.RESULT, 1, -1)),
                AskedEdit.zero(Site.of(Kind.EMBED)).at(4),
                AskedEdit.mean(result),
                AskedEdit.scale(result, -0.5f),
                AskedEdit.freeze(HEAD),
                AskedEdit.cut(HEAD, 19, 3, false),
                AskedEdit.cut(HEAD, 19, 3, true),
                new AskedEdit(
                        new AskedEdit.Where("resid_pre", null, 1, 4, null, null),
                        "patch",
                        new AskedEdit.Particulars(
                                new AskedEdit.Over(List.of(List.of(1, 2), List.of(3))),
                                new AskedEdit.From("a, b; c=d|e % é\n🙂", null, 3, null),
                                List.of(0.5f, -1.25e-7f),
                                List.of(1f),
                                2f,
                                3f,
                                List.of(0f, 1f),
                                0.25f,
                                false)),
                new AskedEdit(
                        new AskedEdit.Where("z", "L1H2", null, null, null, null),
                        "patch",
                        new AskedEdit.Particulars(
                                null,
                                new AskedEdit.From(null, List.of(5, 9), null, "L0H1"),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null)));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void whatIsWrittenIsReadAgain(AskedEdit edit) {
        List<String> notices = new ArrayList<>();
        assertThat(EditText.read(EditText.write(List.of(edit, edit)), notices::add))
                .containsExactly(edit, edit);
        assertThat(notices).isEmpty();
    }

    @Test
    void theNameOfTheHookStandsInTheText() {
        assertThat(EditText.write(List.of(AskedEdit.cut(HEAD, 19, 3, false))))
                .isEqualTo("cut,blocks.1.attn.hook_pattern,head=L1H2,destination=19,source=3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            zero > needs what is done and a site
            zero,z,position=1.5 > “position” is “1.5”
            zero,z,position=1,position=2 > “position” twice
            scale,z,by=abc > “by” is “abc”
            mean,z,over=some > “over” is “some”
            cut,pattern,renormalise=yes > “renormalise” is “yes”
            zero,z,nonsense > no field “”
            """)
    void whatCannotBeReadIsLeftOutAndSaid(String text, String said) {
        List<String> notices = new ArrayList<>();
        assertThat(EditText.read(text, notices::add)).isEmpty();
        assertThat(notices).hasSize(1);
        assertThat(notices.getFirst()).contains(said).contains("left out");
    }

    @Test
    void thereAreNoMoreThanAPageCanShow() {
        List<String> notices = new ArrayList<>();
        assertThat(EditText.read("zero,z,layer=0;".repeat(101), notices::add)).hasSize(100);
        assertThat(notices).containsExactly("The address has 101 edits; the first 100 are made.");
    }

    @Test
    void editsAreSaidInAFewWords() {
        assertThat(edits().limit(8).map(EditWords::label))
                .containsExactly(
                        "L1H2 off",
                        "all heads of layer 1 off",
                        "the embedding at 4 off",
                        "L1H2 set to its mean",
                        "L1H2 × −0.5",
                        "L1H2 pattern frozen",
                        "L1H2: 19 ← 3 cut",
                        "L1H2: 19 ← 3 cut, the rest renormalised");
        assertThat(EditText.read(
                        "zero,head,head=L0H3;scale,mlp,layer=1,by=2;zero,nothing;mean,head,layer=1", notice -> {}))
                .map(EditWords::label)
                .containsExactly("L0H3 off", "MLP1 × 2", "nothing off", "all heads of layer 1 set to their means");
        assertThat(EditWords.with(List.of(AskedEdit.zero(Site.of(Kind.RESULT, HEAD)))))
                .isEqualTo("Without L1H2");
        assertThat(EditWords.with(List.of(AskedEdit.cut(HEAD, 19, 3, false)))).isEqualTo("With L1H2: 19 ← 3 cut");
        assertThat(EditWords.with(edits().limit(2).toList())).isEqualTo("With these 2 edits");
    }
}
