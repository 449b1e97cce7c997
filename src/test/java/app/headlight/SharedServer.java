package app.headlight;

import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Weights;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole program on a free port with an empty database in memory, started once for all tests that extend this.
 * Beside the shipped models it has the reference models, and some from a folder: one with a context of 512 tokens and no tokenizer, one without
 * layers, and two that are broken.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:headlight;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
            "headlight.models=${test.few-models:${test.models}}",
            "headlight.data=target/test-data",
            "headlight.admin-password=" + SharedServer.PASSWORD,
            "headlight.embed.frames=" + SharedServer.EMBEDDING_SITE,
            "headlight.memory-percent=10", // several servers stand in one process
            "headlight.api.per-minute=100000",
            "headlight.proxies=127.0.0.1,0:0:0:0:0:0:0:1"
        })
public abstract class SharedServer {

    /** Everybody's. */
    public static final String PASSWORD = "correct horse battery";

    /** May show /embed in a frame. */
    public static final String EMBEDDING_SITE = "https://blog.example";

    /** Takes 512 tokens, given as ids below 100. */
    public static final String LONG_MODEL = "ids-512";

    /** Has no layers; takes ids below 100. */
    public static final String NO_LAYERS = "ids-0-layers";

    /** Its configuration has a field that nobody knows, {@code attn_twist}, of the value 2.5. */
    public static final String UNKNOWN_FIELD = "unknown-field";

    /** All of its weights are 3e38, so that no run of it is finite. */
    public static final String OVERFLOWING = "weights of 3e38";

    /** Its tokenizer knows the letters a to f and no others, its vocabulary a to d. */
    public static final String FEW_LETTERS = "few-letters";

    /** Its name, its card and all of its tokens try to run a script. */
    public static final String HOSTILE = "<img src=x onerror=alert(1)>";

    /** Takes words between new lines: some read from the right, some very long, some that a spreadsheet would take for formulas. */
    public static final String ODD_WORDS = "odd-words";

    /** What {@link #ODD_WORDS} knows; two of the words look alike. */
    public static final List<String> ODD = List.of(
            "שלום", "=1+1", "+7", "-0.5", "@here", "a".repeat(900), "two, \"words\"", "a", "а", "12", "العربية 34");

    /** Names as folders may have them; each model takes ids below 100. */
    public static final List<String> ODD_NAMES =
            List.of("100%-mine", "a;b+c#d?e&f=\"g\" 'h' \\i~%2e", "Zoë · übung.v1..2");

    @DynamicPropertySource
    static void modelsInAFolder(DynamicPropertyRegistry registry) throws IOException {
        Path folder = Files.createTempDirectory("headlight-models");
        write(folder.resolve(LONG_MODEL), config(2, 512));
        write(folder.resolve(NO_LAYERS), config(0, 16));
        write(folder.resolve("cut-off"), config(1, 16));
        Path weights = folder.resolve("cut-off").resolve("model.safetensors");
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 5000));
        Files.createDirectories(folder.resolve("empty"));
        for (String name : ODD_NAMES) {
            write(folder.resolve(name), config(1, 16));
        }
        write(folder.resolve(UNKNOWN_FIELD), config(1, 16));
        Path config = folder.resolve(UNKNOWN_FIELD).resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{\"attn_twist\": 2.5,"));
        write(folder.resolve(OVERFLOWING), config(2, 16));
        Weights overflowing = RandomModels.weights(config(2, 16), 7);
        overflowing.matrices().forEach(matrix -> Arrays.fill(matrix, 3e38f));
        Files.write(
                folder.resolve(OVERFLOWING).resolve("model.safetensors"),
                ModelFiles.writeWeights(config(2, 16), overflowing));
        write(
                folder.resolve(FEW_LETTERS),
                Config.builder().sizes(1, 16, 2, 8, 4, 16).build());
        Files.writeString(folder.resolve(FEW_LETTERS).resolve("tokenizer.json"), """
                {"version": "1.0", "added_tokens": [], "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "c": 2, "d": 3, "e": 4, "f": 5}, "merges": []}}
                """);
        write(folder.resolve(HOSTILE), config(2, 16));
        Files.writeString(folder.resolve(HOSTILE).resolve("tokenizer.json"), words(XssPayloads.all()));
        write(folder.resolve(ODD_WORDS), config(2, 16));
        Files.writeString(folder.resolve(ODD_WORDS).resolve("tokenizer.json"), words(ODD));
        Files.writeString(folder.resolve(HOSTILE).resolve("card.md"), String.join("\n\n", XssPayloads.all()));
        registry.add("test.models", () -> folder + ",src/test/resources/reference");
    }

    @Autowired
    private Accounts accounts;

    @Autowired
    protected JdbcClient jdbc;

    /** The account of that name and role, made where there is none yet. */
    protected Account account(String name, Role role) {
        return accounts.all().stream()
                .map(Accounts.Joined::account)
                .filter(account -> account.name().equals(name))
                .findFirst()
                .orElseGet(() -> accounts.add(name, role, PASSWORD));
    }

    /** A folder with {@link #LONG_MODEL} alone. */
    protected static Path longModelAlone() {
        try {
            Path folder = Files.createTempDirectory("headlight-models");
            write(folder.resolve(LONG_MODEL), config(2, 512));
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A tokenizer of these words, between new lines. */
    private static String words(List<String> words) {
        Map<String, Integer> tokens = new LinkedHashMap<>();
        tokens.put("<unk>", 0);
        words.stream().distinct().limit(99).forEach(payload -> tokens.put(payload, tokens.size()));
        Map<String, Object> split =
                Map.of("type", "Split", "pattern", Map.of("Regex", "\n"), "behavior", "Removed", "invert", false);
        Map<String, Object> tokenizer = new LinkedHashMap<>();
        tokenizer.put("version", "1.0");
        tokenizer.put("added_tokens", List.of());
        tokenizer.put("pre_tokenizer", split);
        tokenizer.put("decoder", Map.of("type", "Fuse"));
        tokenizer.put("model", Map.of("type", "WordLevel", "vocab", tokens, "unk_token", "<unk>"));
        return JsonMapper.shared().writeValueAsString(tokenizer);
    }

    private static Config config(int layers, int context) {
        return Config.builder().sizes(layers, 32, 8, 4, 100, context).build();
    }

    private static void write(Path folder, Config config) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), ModelFiles.writeConfig(config));
        Files.write(
                folder.resolve("model.safetensors"), ModelFiles.writeWeights(config, RandomModels.weights(config, 7)));
    }
}
