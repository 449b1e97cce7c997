package app.headlight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.headlight.engine.refusal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Every setting that is given exists, and docs/operating.md names all that exist. */
class KnownSettingsTest {

    private static final Path RESOURCES = Path.of("src/main/resources/application.properties");

    @ParameterizedTest
    @CsvSource({
        "headlight.cache.models-mb, 512",
        "headlight.cache.runs-mb, 1024",
        "headlight.privat, true",
        "headlight.maxBody, 2MB",
        "headlight.models[0], /models",
        "Headlight.proxies, 10.0.0.1",
        "headlight-models, /models"
    })
    void anUnknownPropertyIsRefusedByNameAndValue(String name, String value) {
        assertThatThrownBy(() -> check(environment(Map.of(), Map.of(name, value))))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(name + " is “" + value + "”")
                .hasMessageContainingAll("headlight.memory-percent", "HEADLIGHT_MEMORY_PERCENT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HEADLIGHT_MODELS_MB",
                "HEADLIGHT_PRIVAT",
                "HEADLIGHT_PROXY",
                "headlight_models",
                "HEADLIGHT_BACKUP"
            })
    void anUnknownVariableIsRefusedByNameAndValue(String name) {
        assertThatThrownBy(() -> check(environment(Map.of(name, "7"), Map.of())))
                .hasMessageStartingWith(name + " is “7”")
                .hasMessageContaining("HEADLIGHT_PRIVATE");
    }

    @Test
    void whatMayBeSecretIsNotTold() {
        assertThatThrownBy(() -> check(environment(Map.of("HEADLIGHT_ADMINPASSWORD", "hush"), Map.of())))
                .hasMessageContaining("HEADLIGHT_ADMINPASSWORD")
                .hasMessageNotContaining("hush");
    }

    @Test
    void everyKnownSettingIsTakenByAnyOfItsNames() throws IOException {
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, Object> variables = new LinkedHashMap<>();
        for (String name : declared().stringPropertyNames()) {
            if (name.startsWith("headlight.")) {
                properties.put(name, "1");
                variables.put(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), "1");
            }
        }
        defaults().keySet().forEach(variable -> variables.put(variable, "1"));
        check(environment(variables, properties));
    }

    @Test
    void whatAServiceOfThatNameBringsAlongIsPassedOver() {
        check(environment(
                Map.of(
                        "HEADLIGHT_SERVICE_HOST", "10.0.0.1",
                        "HEADLIGHT_PORT", "tcp://10.0.0.1:8080",
                        "HEADLIGHT_PORT_8080_TCP_ADDR", "10.0.0.1"),
                Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "headlight.cache.models-mb, 512, there is no such setting",
        "headlight.api.per-minute, abc, a whole number",
        "headlight.api.per-minute, 0, at least 1",
        "headlight.max-body, much, a size",
        "headlight.max-body, 0B, at least 1B",
        "headlight.memory-percent, 90, 1 to 80",
        "headlight.kept-texts-mb, -1, 0 to",
        "headlight.jobs.heartbeat, often, a time such as",
        "headlight.jobs.heartbeat, 3s, 100ms to 2s",
        "headlight.backup.keep, 0, at least 1",
        "headlight.backup.cron, at night, second",
        "headlight.proxies, my proxy, such as",
        "headlight.private, maybe, true or false"
    })
    void aStartWithAWrongSettingSaysWhichAndWhatWouldBeRight(String name, String value, String right) {
        SpringApplication program = new SpringApplication(HeadlightApplication.class);
        program.setRegisterShutdownHook(false);
        Throwable failure = catchThrowable(() -> program.run(
                        "--server.port=0",
                        "--spring.datasource.url=jdbc:h2:mem:settings;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                        "--" + name + "=" + value)
                .close());
        assertThat(failure).as(name).isNotNull();
        FailureAnalysis analysis = new SettingFaults().analyze(failure);
        assertThat(analysis).as(failure.toString()).isNotNull();
        assertThat(analysis.getDescription()).startsWith(name).contains(value, right);
    }

    @Test
    void theTableNamesEachSettingOnceWithItsDefault() throws IOException {
        Map<String, String> usual = defaults();
        List<String> rows = Files.readAllLines(Path.of("docs/operating.md")).stream()
                .filter(line -> line.matches("\\| `[A-Z_]+`.*"))
                .toList();
        List<String> named = rows.stream()
                .flatMap(row -> names(row.split("\\|")[1]))
                .filter(name -> name.startsWith("HEADLIGHT_"))
                .toList();
        assertThat(named).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(usual.keySet());
        for (String row : rows) {
            String[] cells = row.split("\\|");
            List<String> wanted = names(cells[1])
                    .map(usual::get)
                    .filter(value -> value != null && !value.isEmpty())
                    .toList();
            wanted.forEach(value -> assertThat(cells[cells.length - 1]).as(row).contains(value));
        }
    }

    private static Stream<String> names(String cell) {
        return Pattern.compile("`([A-Z_]+)`").matcher(cell).results().map(name -> name.group(1));
    }

    /** The variables that application.properties names, with what stands there for where they are not given. */
    private static Map<String, String> defaults() throws IOException {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (Object value : declared().values()) {
            Matcher variable = Pattern.compile("\\$\\{(HEADLIGHT_\\w+):(.*)}").matcher(value.toString());
            if (variable.matches()) {
                defaults.put(variable.group(1), variable.group(2).replace("${headlight.data}", "db/data"));
            }
        }
        return defaults;
    }

    private static Properties declared() throws IOException {
        Properties declared = new Properties();
        try (var reader = Files.newBufferedReader(RESOURCES)) {
            declared.load(reader);
        }
        return declared;
    }

    @Test
    void whatTheProgramReadsIsDeclared() throws IOException {
        Set<String> read = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                Matcher value = Pattern.compile("\\$\\{(headlight\\.[a-z.-]+)").matcher(Files.readString(source));
                while (value.find()) {
                    read.add(value.group(1));
                }
            }
        }
        Set<String> declared = declared().stringPropertyNames().stream()
                .filter(name -> name.startsWith("headlight."))
                .collect(Collectors.toSet());
        assertThat(read).isNotEmpty().containsExactlyInAnyOrderElementsOf(declared);
    }

    private static void check(StandardEnvironment environment) {
        new KnownSettings().postProcessEnvironment(environment, new SpringApplication());
    }

    private static StandardEnvironment environment(Map<String, ?> variables, Map<String, ?> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(variables)));
        environment.getPropertySources().addFirst(new MapPropertySource("given", Map.copyOf(properties)));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment;
    }

    /** What a test is told by {@code -Dheadlight.…} must be a name that the program passes over, or no test starts with it. */
    @Test
    void whatTestsAreToldIsPassedOver() throws IOException {
        Pattern told = Pattern.compile("get(?:Boolean|Integer|Long|Property)\\(\"(headlight[a-z.-]+)\"");
        Set<String> names = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                told.matcher(Files.readString(source)).results().forEach(found -> names.add(found.group(1)));
            }
        }
        Properties passed = new Properties();
        try (var file = Files.newBufferedReader(Path.of("src/test/resources/config/application.properties"))) {
            passed.load(file);
        }
        assertThat(names).contains("headlight.nightly");
        assertThat(passed.stringPropertyNames()).containsAll(names);
    }
}
