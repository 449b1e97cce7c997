package app.headlight.ground.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.XssPayloads;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeMarkdownTest {

    /** The bytes of the longest text of a finding. */
    private static final int LONGEST = 50_000;

    private static final Set<String> ELEMENTS = Set.of(
            "p",
            "br",
            "hr",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "em",
            "strong",
            "del",
            "code",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "a",
            "img");
    private static final Map<String, String> VALUES = Map.of(
            "href", "(https?://|mailto:|(explore|circuits|models|findings)\\b)[^\\s]*",
            "src", "embed\\?[^\\s]*",
            "rel", "noopener nofollow",
            "loading", "lazy",
            "align", "left|right|center",
            "start", "\\d+",
            "alt", "(?s).*",
            "title", "(?s).*");

    static List<String> payloads() {
        return XssPayloads.all();
    }

    @Test
    void theListIsLongEnoughToMeanSomething() {
        assertThat(payloads()).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void onlyWhatIsAllowedComesOut(String payload) {
        for (String around : List.of(
                "%s",
                "a **%s** b",
                "# %s",
                "> %s",
                "- %s",
                "| a |\n|---|\n| %s |",
                "[%s](https://example.org)",
                "[a](%s)",
                "[a](<%s>)",
                "![%s](embed?model=a)",
                "![a](%s)",
                "[a](https://example.org \"%s\")",
                "`%s`",
                "<%s>",
                "<p title=\"%s\">",
                "[r]: %s\n\n[r]")) {
            allowed(SafeMarkdown.html(around.replace("%s", payload)));
        }
    }

    /** Read as a browser would read it, and once more as it would be written out again (mutation). */
    private static void allowed(String html) {
        Element body = Jsoup.parseBodyFragment(html).body();
        String again = Jsoup.parseBodyFragment(body.html()).body().html();
        for (Element root : List.of(body, Jsoup.parseBodyFragment(again).body())) {
            for (Element element : root.select("*").not("body")) {
                assertThat(ELEMENTS).as(html).contains(element.tagName());
                for (Attribute attribute : element.attributes()) {
                    assertThat(attribute.getValue())
                            .as("%s in %s", attribute.getKey(), html)
                            .matches(VALUES.getOrDefault(attribute.getKey(), "no such attribute"));
                }
            }
        }
    }

    @Test
    void marksBecomeElements() {
        assertThat(SafeMarkdown.html("**L1H3** *copies* ~~not~~ `x`\n\n1. a\n2. b"))
                .isEqualTo("<p><strong>L1H3</strong> <em>copies</em> <del>not</del> <code>x</code></p>\n"
                        + "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n");
        assertThat(SafeMarkdown.html("| a | b |\n|--:|---|\n| 1 | 2 |"))
                .contains("<th align=\"right\">a</th>", "<td align=\"right\">1</td>", "<td>2</td>");
    }

    @Test
    void linksLeadOutOrToOurOwnPages() {
        assertThat(SafeMarkdown.html("[a](https://example.org/x?y=1&z=2)"))
                .contains("<a rel=\"noopener nofollow\" href=\"https://example.org/x?y=1&amp;z=2\">a</a>");
        assertThat(SafeMarkdown.html("https://example.org")).contains(" href=\"https://example.org\">");
        assertThat(SafeMarkdown.html("[a](mailto:a@example.org)")).contains("href=\"mailto:a@example.org\"");
        assertThat(SafeMarkdown.html("[a](explore?model=b&text=c%20d)"))
                .contains("<a rel=\"noopener nofollow\" href=\"explore?model=b&amp;text=c%20d\">a</a>");
        assertThat(SafeMarkdown.html("[a](/findings/12)")).contains(" href=\"findings/12\">");
        assertThat(SafeMarkdown.html("![a](embed?model=b)"))
                .contains("<img src=\"embed?model=b\" alt=\"a\" loading=\"lazy\">");
        assertThat(SafeMarkdown.html("![a *b*](https://example.org/p.png)")).isEqualTo("<p>a <em>b</em></p>\n");
    }

    @Test
    void elementsAreShownAsTheyWereTyped() {
        assertThat(SafeMarkdown.html("a <b>c</b>")).isEqualTo("<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
        assertThat(SafeMarkdown.plain("# A *head*\n\nthat <b>copies</b>", 100)).isEqualTo("A head that <b>copies</b>");
        assertThat(SafeMarkdown.plain("abcdef", 4)).isEqualTo("abc…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "![",
                "*a ",
                "> ",
                "- ",
                "`",
                "<",
                "[a](",
                "~~a ",
                "| a ",
                "&",
                "\\",
                "https://a.b ",
                "_a_*b*",
                "1. "
            })
    void fiftyThousandBytesOfOneMarkAreNoTrouble(String mark) {
        allowed(SafeMarkdown.html(mark.repeat(LONGEST / mark.length())));
    }
}
