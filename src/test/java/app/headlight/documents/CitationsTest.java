package app.headlight.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each citation of maths.md in the code, {@code maths.md, "Section"}, names a heading of docs/maths.md. */
class CitationsTest {

    private static final Pattern CITATION =
            Pattern.compile("maths\\.md\\b(?:}?,[\\s*]+\"([^\"]+)\")?", Pattern.CASE_INSENSITIVE);

    @Test
    void nameHeadingsThatExist() throws IOException {
        List<String> headings = Document.read(Path.of("docs/maths.md")).headings();
        int cited = 0;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                List<String> sections = sections(Files.readString(source));
                cited += sections.size();
                assertThat(sections).as(source.toString()).isSubsetOf(headings);
            }
        }
        assertThat(cited).isPositive();
    }

    @Test
    void areReadOverTheEndOfALine() {
        assertThat(sections("""
                /**
                 * ({@code docs/maths.md}, "One", and {@code maths.md},
                 * "Two words"; maths.md alone)
                 */
                """)).containsExactly("One", "Two words", "");
    }

    private static List<String> sections(String source) {
        List<String> sections = new ArrayList<>();
        Matcher citation = CITATION.matcher(source);
        while (citation.find()) {
            String section = citation.group(1);
            sections.add(section == null ? "" : section.replaceAll("[\\s*]+", " "));
        }
        return sections;
    }
}
