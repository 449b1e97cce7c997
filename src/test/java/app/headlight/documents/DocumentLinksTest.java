package app.headlight.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link within the repository leads to a file that exists, and to a heading of it. */
class DocumentLinksTest {

    static Stream<Document> documents() throws IOException {
        return Document.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void leadSomewhere(Document document) {
        assertThat(broken(document)).as(document.file().toString()).isEmpty();
    }

    @Test
    void areFoundBroken() {
        Document document = Document.of(Path.of("docs/made-up.md"), """
                # A page's name

                | in a table |
                | --- |
                | [a file](nowhere.md) |

                [its own heading](#a-pages-name), [none](#another), [there](rest.md#a-run), [not there](rest.md#a-walk),
                ![a picture](../src/pictures/none.png), [elsewhere](https://example.org/none)
                """);
        assertThat(broken(document))
                .containsExactly("nowhere.md", "#another", "rest.md#a-walk", "../src/pictures/none.png");
    }

    private static List<String> broken(Document document) {
        List<String> broken = new ArrayList<>();
        for (String link : document.links()) {
            if (!link.matches("[a-z]+:.*") && !leads(document, link)) {
                broken.add(link);
            }
        }
        return broken;
    }

    private static boolean leads(Document from, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? from.file()
                : from.file().resolveSibling(parts[0]).normalize();
        if (!parts[0].isEmpty() && !Files.exists(target)) {
            return false;
        }
        Document to = parts[0].isEmpty() ? from : target.toString().endsWith(".md") ? Document.read(target) : null;
        return parts.length < 2 || to != null && to.anchors().contains(parts[1]);
    }
}
