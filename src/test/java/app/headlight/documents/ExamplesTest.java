package app.headlight.documents;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.transformer.Positions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples in the documents that no server answers: settings, commands of the build, files. */
class ExamplesTest {

    @Test
    void settingsInExamplesExist() throws IOException {
        Set<String> known = found("`([A-Z_]+)`", Files.readString(Path.of("docs/operating.md")))
                .collect(Collectors.toSet());
        assertThat(inBlocks("\\b(HEADLIGHT_\\w+|SPRING_DATASOURCE_\\w+)="))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void profilesAndBenchmarksInExamplesExist() throws IOException {
        Set<String> profiles =
                found("<id>(\\w+)</id>", Files.readString(Path.of("pom.xml"))).collect(Collectors.toSet());
        assertThat(everywhere("mvnw[^`\n]* -P(\\w+)")).isNotEmpty().isSubsetOf(profiles);
        assertThat(everywhere("-Dbench=(\\w+)"))
                .isNotEmpty()
                .allMatch(name -> Files.exists(Path.of("src/bench/java/app/headlight/bench/" + name + "Table.java")));
    }

    @Test
    void theConfigurationIsRead() {
        String json = Document.read(Path.of("docs/formats.md")).blocks().stream()
                .filter(block -> block.info().equals("json config.json"))
                .findFirst()
                .orElseThrow()
                .text();
        var file = ModelFiles.readConfig(json);
        assertThat(file.warnings()).isEmpty();
        assertThat(file.config().positions()).isEqualTo(Positions.SHORTFORMER);
    }

    private static Stream<String> inBlocks(String regex) throws IOException {
        return Document.all()
                .flatMap(document -> document.blocks().stream())
                .flatMap(block -> found(regex, block.text()));
    }

    private static Stream<String> everywhere(String regex) throws IOException {
        return Document.all().flatMap(document -> {
            try {
                return found(regex, Files.readString(document.file()));
            } catch (IOException unreadable) {
                throw new IllegalArgumentException(unreadable);
            }
        });
    }

    private static Stream<String> found(String regex, String text) {
        return Pattern.compile(regex).matcher(text).results().map(match -> match.group(1));
    }
}
