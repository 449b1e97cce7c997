package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Nightly;
import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every picture prints and saves, tried with words that are easily spoilt. */
class FiguresIT extends BrowserTest {

    private static final String MARY = "When Mary and John went to the store, John gave a bag to Mary";

    /** Every picture on the page with a menu: its name, its CSV as it is saved, and its SVG. */
    private static final String SAVED = """
            const done = arguments[0];
            const menus = [];
            const walk = root => root.querySelectorAll('*').forEach(element => {
                if (element.localName === 'headlight-picture-menu' && element.picture) menus.push(element);
                if (element.shadowRoot) walk(element.shadowRoot);
            });
            walk(document);
            const [makeUrl, click] = [URL.createObjectURL, HTMLAnchorElement.prototype.click];
            const blobs = [];
            URL.createObjectURL = blob => { blobs.push(blob); return 'about:blank#'; };
            HTMLAnchorElement.prototype.click = () => {};
            const decode = async blob => {
                const bytes = new Uint8Array(await blob.arrayBuffer());
                return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
            };
            (async () => {
                const out = [];
                for (const menu of menus) {
                    blobs.length = 0;
                    menu.saveCsv();
                    menu.saveSvg();
                    out.push({ name: menu.picture.name, csv: await decode(blobs[0]), svg: await decode(blobs[1]) });
                }
                URL.createObjectURL = makeUrl;
                HTMLAnchorElement.prototype.click = click;
                done(out);
            })();
            """;

    static List<String> savedTables() {
        return Nightly.some(
                3,
                List.of(
                        "explore?view=matrix",
                        "explore?tab=qk&find=a",
                        "explore?tab=residual",
                        "explore?tab=residual&stream=bandwidth",
                        "explore?tab=residual&stream=deletion",
                        "explore?tab=attribution",
                        "explore?tab=steps",
                        "circuits?"));
    }

    @ParameterizedTest
    @MethodSource("savedTables")
    void everySavedTableIsReadAsItIsMeant(String address) {
        for (Map<String, String> picture : saved(ODD_WORDS, address, String.join("\n", ODD))) {
            String csv = picture.get("csv");
            assertThat(csv).as(picture.get("name")).startsWith("\ufeff");
            List<List<String>> lines = cells(csv.substring(1));
            assertThat(lines.getFirst())
                    .as(picture.get("name"))
                    .doesNotHaveDuplicates()
                    .doesNotContain("");
            for (List<String> line : lines) {
                assertThat(line).as(picture.get("name")).hasSameSizeAs(lines.getFirst());
                assertThat(line)
                        .as(picture.get("name"))
                        .allMatch(cell -> cell.matches("-?[0-9].*") || !cell.matches("(?s)[=+\\-@\\t\\r\\n].*"));
            }
        }
    }

    static List<String> withPositions() {
        return Nightly.some(
                3,
                List.of(
                        "explore?view=lines",
                        "explore?tab=qk",
                        "explore?tab=residual",
                        "explore?tab=residual&stream=deletion",
                        "explore?tab=attribution",
                        "explore?tab=steps"));
    }

    @ParameterizedTest
    @MethodSource("withPositions")
    void aTokenHasOnePositionInEveryTable(String address) {
        List<Map<String, String>> pictures = saved("storybook-2l", address + "&dest=13", MARY);
        List<String> tokens = page.tokens();
        int tables = 0;
        for (Map<String, String> picture : pictures) {
            List<List<String>> lines = cells(picture.get("csv").substring(1));
            List<String> header = lines.getFirst();
            for (int column = 0; column + 1 < header.size(); column++) {
                String name = header.get(column);
                String next = header.get(column + 1);
                boolean placed = name.equals("position") && next.equals("token")
                        || next.equals(name + " token")
                        || name.equals(next + " position");
                if (placed) {
                    tables++;
                    for (List<String> line : lines.subList(1, lines.size())) {
                        if (!line.get(column).isEmpty()) {
                            assertThat(line.get(column + 1))
                                    .as("%s: %s", picture.get("name"), line)
                                    .isIn(
                                            tokens.get(Integer.parseInt(line.get(column))),
                                            "'" + tokens.get(Integer.parseInt(line.get(column))));
                        }
                    }
                }
            }
        }
        assertThat(tables).isPositive();
    }

    @Tag("nightly")
    @Test
    void attributionByHeadCallsATokenByItsPosition() {
        page.open("explore?model=storybook-2l&tab=attribution&heads=L1H3&dest=13&text=" + ExplorePage.escaped(MARY));
        page.until("it is drawn", () -> page.script("""
                        return document.getElementById('attribution-by-head')?.data ? 'drawn' : ''""").equals("drawn"));
        Object told = page.script("""
                const map = document.getElementById('attribution-by-head');
                return map.data.columns.names.map((_, column) => {
                    map.point(column, 0, 0);
                    return map.hovered;
                }).length;
                """);
        assertThat(told).isEqualTo(15L);
        List<String> tokens = page.tokens();
        for (int position : new int[] {0, 9, 13}) {
            page.script("document.getElementById('attribution-by-head').point(arguments[0], 0, 0)", position + 1);
            page.until(
                    "the tooltip of " + position,
                    () -> tip("attribution-by-head").contains("→ " + tokens.get(position) + " (" + position + ")"));
        }
        assertThat((String) page.script(
                        "return document.getElementById('attribution-by-head').picture.table().header.at(-1)"))
                .as("the column says of which token")
                .startsWith("Logit of ")
                .contains(" after ", "(13)");
    }

    @Test
    void aSavedPictureSaysWhatItShows() {
        for (Map<String, String> picture :
                saved("storybook-2l", "explore?heads=L1H3&min=0.2&tab=residual", "The king and the king")) {
            String words = picture.get("svg").replaceAll("(?s)<[^>]*>", " ").replaceAll("\\s+", " ");
            assertThat(words).as(picture.get("name")).contains("storybook-2l").contains("The king and the king");
            if (picture.get("name").equals("storybook-2l L1H3 pattern")) {
                assertThat(words).contains("L1H3").contains("below 0.2 of the largest is not drawn");
            }
        }
    }

    static List<String> withOddWords() {
        return Nightly.some(
                3,
                List.of(
                        "explore?view=lines",
                        "explore?view=arcs",
                        "explore?view=matrix",
                        "explore?tab=residual",
                        "explore?tab=attribution",
                        "explore?tab=steps",
                        "circuits?"));
    }

    @ParameterizedTest
    @MethodSource("withOddWords")
    void aWordReadFromTheRightTurnsNothingRoundAndALongOneStaysInItsBox(String address) {
        List<Map<String, String>> pictures = saved(ODD_WORDS, address + "&dest=6&src=0", String.join("\n", ODD));
        for (Map<String, String> picture : pictures) {
            // The small print below the last box is a sentence, which is read as it is written.
            String drawn = picture.get("svg").substring(0, picture.get("svg").lastIndexOf("<rect"));
            String[] texts = drawn.split("<text");
            for (String text : List.of(texts).subList(1, texts.length)) {
                String words = text.replaceFirst("(?s)^[^>]*>", "").replaceAll("(?s)</text>.*", "");
                if (words.matches("(?s).*[\u0590-\u06ff].*\\([0-9]+\\).*")) {
                    assertThat(words).as(picture.get("name")).contains("\u2068");
                }
                assertThat(words.length()).as(picture.get("name")).isLessThan(400);
            }
        }
        assertThat(page.script("""
                const strip = document.getElementById('token-strip')?.shadowRoot.querySelectorAll('.token') ?? [];
                return [...strip].filter(token => token.getBoundingClientRect().width > 420
                    || !token.querySelector('bdi')).map(token => token.textContent).join();
                """)).isEqualTo("");
    }

    private String tip(String id) {
        return String.valueOf(page.script(
                "return document.getElementById(arguments[0]).shadowRoot.querySelector('headlight-tip').shadowRoot"
                        + ".textContent.replace(/\\s+/g, ' ')",
                id));
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, String>> saved(String model, String address, String text) {
        String whole = address + "&model=" + model + "&text=" + ExplorePage.escaped(text);
        if (address.startsWith("circuits")) {
            page.driver().get(page.root() + whole);
            page.until(
                    "the circuits are drawn",
                    () -> page.script(
                                            "return document.querySelectorAll('headlight-head-table, headlight-trigram-table').length")
                                    instanceof Long count
                            && count >= 2);
            page.settle();
        } else {
            page.open(whole);
        }
        List<Map<String, String>> pictures =
                (List<Map<String, String>>) page.driver().executeAsyncScript(SAVED);
        assertThat(pictures).isNotEmpty();
        return pictures;
    }

    /** The cells of a CSV, line by line. */
    private static List<List<String>> cells(String csv) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                cell.append(csv.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || c != ',' && c != '\r' && c != '\n') {
                cell.append(c);
            } else if (c != '\n') {
                line.add(cell.toString());
                cell.setLength(0);
                if (c == '\r') {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            }
        }
        return lines;
    }
}
