package app.headlight.web.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two sides of each web component, in Java and in {@code frontend/}, name the same properties and events. */
class WebComponentsTest {

    private static final Path JAVA = Path.of("src/main/java/app/headlight/web/component");
    private static final Path FRONTEND = Path.of("frontend");

    private static final String TAG = "@Tag\\(\"([^\"]+)\"\\)";
    private static final String ELEMENT = "@customElement\\('([^']+)'\\)";
    private static final String FIRED = "(?:this\\.fire|new CustomEvent)\\(";
    private static final String WRITTEN_OUT = FIRED + "\\s*'([\\w-]+)',\\s*(?:\\{ detail: )?\\{([^{}]*)\\}";

    /** Components that other components use and the server does not know. */
    private static final Set<String> WITHOUT_JAVA = Set.of("headlight-picture-menu", "headlight-tip");

    static Stream<String> components() {
        return files(JAVA, ".java")
                .filter(file -> read(file).contains("@Tag(\"headlight-"))
                .map(file -> file.getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("components")
    void bothSidesNameTheSame(String file) {
        String java = read(JAVA.resolve(file));
        String typeScript = read(FRONTEND.resolve(only(java, "@JsModule\\(\"\\./([^\"]+)\"\\)")));
        assertThat(only(typeScript, ELEMENT)).isEqualTo(only(java, TAG));
        assertThat(java(java)).isEqualTo(typeScript(typeScript));
        assertThat(all(java, "callJsFunction\\(\"(\\w+)\""))
                .allSatisfy(called -> assertThat(typeScript).contains("\n  " + called + "("));
    }

    /** Else the server sends nothing where it sets again what stood there before, and the browser keeps its own. */
    @ParameterizedTest
    @MethodSource("components")
    void whatTheBrowserSetsIsKnownOnTheServer(String file) {
        String java = read(JAVA.resolve(file));
        String typeScript = read(FRONTEND.resolve(only(java, "@JsModule\\(\"\\./([^\"]+)\"\\)")));
        Set<String> both = set(all(java, "setProperty\\w*\\(\\s*\"(\\w+)\""));
        both.retainAll(set(all(typeScript, "@property\\([^)]*\\)\\s*(?:private |readonly )*(\\w+)")));
        both.retainAll(set(all(typeScript, "this\\.(\\w+) = ")));
        assertThat(set(all(java, "browserSets\\(\"(\\w+)\""))).isEqualTo(both);
    }

    @Test
    void eachElementHasAJavaSide() {
        Set<String> elements = new TreeSet<>(WITHOUT_JAVA);
        components().forEach(file -> elements.add(only(read(JAVA.resolve(file)), TAG)));
        assertThat(files(FRONTEND, ".ts").flatMap(file -> all(read(file), ELEMENT)))
                .containsExactlyInAnyOrderElementsOf(elements);
    }

    /** @return properties and events, these with the names of their details */
    private static Map<String, Set<String>> java(String source) {
        Map<String, Set<String>> names = new TreeMap<>();
        all(source, "(?:setProperty\\w*|setAttribute|send)\\(\\s*\"([^\"]+)\"")
                .forEach(property -> names.put("property " + property, Set.of()));
        if (source.contains("extends LitComponent<")) {
            names.put("property data", Set.of());
        }
        all(source, "addListener\\((\\w+)\\.class").forEach(type -> {
            boolean ofAll = Files.exists(JAVA.resolve(type + ".java"));
            String event = ofAll ? read(JAVA.resolve(type + ".java")) : partOf(source, type);
            names.put(
                    "event " + only(event, "@DomEvent\\(\"([^\"]+)\"\\)"),
                    set(all(event, "@EventData\\(\"event\\.detail\\.(\\w+)\"\\)")));
        });
        return names;
    }

    private static Map<String, Set<String>> typeScript(String source) {
        Map<String, Set<String>> names = new TreeMap<>();
        String inherited =
                source.contains("extends EChartElement<") ? read(FRONTEND.resolve("echart/echart-element.ts")) : "";
        all(inherited + source, "@property\\([^)]*\\)\\s*(?:private |readonly )*(\\w+)")
                .forEach(property -> names.put("property " + property, Set.of()));
        matches(source, WRITTEN_OUT)
                .forEach(event -> names.merge("event " + event.group(1), details(event.group(2)), (one, other) -> {
                    assertThat(one).as(event.group(1)).isEqualTo(other);
                    return one;
                }));
        long passedOn = matches(source, "new CustomEvent\\(type, \\{ detail,").count();
        assertThat(matches(source, FIRED).count() - passedOn)
                .as("events, of which name and details are to be written out where they are fired")
                .isEqualTo(matches(source, WRITTEN_OUT).count());
        return names;
    }

    private static Set<String> details(String literal) {
        return set(Arrays.stream(literal.split(","))
                .map(part -> part.replaceAll(":.*", "").strip())
                .filter(name -> !name.isEmpty()));
    }

    /** The class of an event, with the annotation before it. */
    private static String partOf(String source, String type) {
        return matches(source, "@DomEvent\\(\"[^\"]+\"\\)\\s+public static class " + type + " .*?\\n    \\}")
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no class " + type))
                .group();
    }

    private static Stream<MatchResult> matches(String source, String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(source).results();
    }

    private static Stream<String> all(String source, String pattern) {
        return matches(source, pattern).map(match -> match.group(1));
    }

    private static String only(String source, String pattern) {
        Set<String> found = set(all(source, pattern));
        assertThat(found).as(pattern + " in\n" + source).hasSize(1);
        return found.iterator().next();
    }

    private static Set<String> set(Stream<String> names) {
        return names.collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(ending) && !file.startsWith(FRONTEND.resolve("generated")))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
