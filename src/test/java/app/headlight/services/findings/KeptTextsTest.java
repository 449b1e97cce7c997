package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptTextsTest extends OnBothDatabases {

    private KeptTexts texts() {
        return new KeptTexts(node.jdbc, 1);
    }

    @Test
    void aTextComesBackByItsCodeWhoeverKeepsIt() {
        String odd = "a\0b 🙂 שלום\r\n" + "é".repeat(KeptTexts.LONGEST - 20);
        String code = texts().keep(null, odd);
        assertThat(code).matches("[1-9A-HJ-NP-Za-km-z]{22}").isEqualTo(KeptTexts.code(odd));
        assertThat(texts().keep(ada, odd)).isEqualTo(code);
        assertThat(texts().text(code)).contains(odd);
        assertThat(texts().keep(null, odd + "x")).isNotEqualTo(code);
        assertThat(texts().text("nosuch")).isEmpty();
        assertThatThrownBy(() -> texts().keep(ada, "a".repeat(KeptTexts.LONGEST + 1)))
                .hasMessageContaining("100001 characters");
    }

    @Test
    void whereStrangersFillTheRoomTheirLeastOpenedTextsGoAndNothingElse() {
        String ofMember = texts().keep(ada, big('m'));
        String shared = texts().keep(null, big('s'));
        node.links.code(null, "explore?text=~" + shared);
        String found = texts().keep(null, big('f'));
        node.findings.add(
                ada, new Content(Subject.ofModel("toy"), "t", "", List.of(), "", 50, "explore?text=~" + found));
        String opened = texts().keep(null, big('o'));
        node.jdbc
                .sql("update kept_text set used_at = ?")
                .param(OffsetDateTime.now().minusDays(9))
                .update();
        texts().text(opened);
        String old = "";
        for (char c = 'A'; c < 'Q'; c++) {
            old = old.isEmpty() ? texts().keep(null, big(c)) : old;
            texts().keep(null, big(c));
        }
        assertThat(texts().text(ofMember)).isPresent();
        assertThat(texts().text(shared)).isPresent();
        assertThat(texts().text(found)).isPresent();
        assertThat(texts().text(old)).isEmpty();
        long size = node.jdbc
                .sql("select sum(size) from kept_text where not lasting")
                .query(Long.class)
                .single();
        assertThat(size).isLessThanOrEqualTo(1 << 20);
    }

    private static String big(char of) {
        return String.valueOf(of).repeat(90_000);
    }
}
