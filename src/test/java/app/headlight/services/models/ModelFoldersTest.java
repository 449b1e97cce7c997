package app.headlight.services.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.SharedServer;
import app.headlight.engine.circuits.Composition;
import app.headlight.engine.formats.Folding;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.formats.SafetensorsWriter;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.residual.Prediction;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Weights;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelFoldersTest extends SharedServer {

    private static final Config CONFIG =
            Config.builder().sizes(1, 8, 2, 4, 20, 8).build();

    private static final float[] BIAS = new float[20];

    static {
        Arrays.fill(BIAS, 2.5f);
    }

    @Autowired
    private ModelFolders folders;

    @Autowired
    private ModelLibrary library;

    @Autowired
    private RefusedModels refused;

    @Autowired
    private JdbcClient jdbc;

    @TempDir
    private Path temporary;

    @Test
    void shippedModelsAndThoseOfAFolderAreStoredAndBrokenOnesSkipped() {
        assertThat(names()).contains("storybook-2l", "induction-by-hand", LONG_MODEL, NO_LAYERS);
        assertThat(names()).doesNotContain("cut-off", "empty");
    }

    @Test
    void whatIsStoredRunsLikeWhatWasWritten() throws IOException {
        folders.bring(new FolderSource(write("as-written", 1)));
        OpenModel open = library.open("as-written").orElseThrow();
        int[] tokens = open.prompt("3 1 4 1 5").tokens();
        assertThat(tokens).containsExactly(3, 1, 4, 1, 5);
        Run run = open.transformer().run(tokens, List.of());
        Run direct = new app.headlight.engine.transformer.Transformer(
                        CONFIG,
                        RandomModels.weights(CONFIG, 1),
                        open.transformer().products())
                .run(tokens);
        assertThat(run.logits().toArray()).isEqualTo(direct.logits().toArray());
    }

    @Test
    void weightsAreFoldedWhereAFileAsksForIt() throws IOException {
        Path from = Path.of("src/test/resources/reference/families/random-tl-gelu");
        Path folder = Files.createDirectories(temporary.resolve("folded"));
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(from.resolve(file), folder.resolve(file));
        }
        folders.bring(new FolderSource(folder));
        OpenModel unfolded = library.open("folded").orElseThrow();
        assertThat(unfolded.config().norm()).isEqualTo(Norm.LN);
        assertThat(unfolded.stored().folding()).isEmpty();

        Files.writeString(folder.resolve("fold"), "fold_ln center_writing_weights\ncenter_unembed fold_value_biases\n");
        folders.bring(new FolderSource(folder));
        OpenModel folded = library.open("folded").orElseThrow();
        assertThat(folded.ref()).isNotEqualTo(unfolded.ref());
        assertThat(folded.stored().folding()).containsExactly(Folding.Step.values());
        assertThat(folded.stored().config().norm()).isEqualTo(Norm.LN_PRE);
        assertThat(folded.config().norm()).isEqualTo(Norm.LN_PRE);
        JsonNode expected = JsonMapper.shared()
                .readTree(Files.readString(from.resolve("expected.json")))
                .get("folded")
                .get("composition_raw")
                .get("K");
        expected.properties().forEach(pair -> {
            String[] heads = pair.getKey().split("->");
            assertThat(Composition.K.raw(
                            folded.transformer().head(HeadId.parse(heads[0])),
                            folded.transformer().head(HeadId.parse(heads[1]))))
                    .as(pair.getKey())
                    .isCloseTo(pair.getValue().asDouble(), within(1e-5));
        });
        int[] tokens = {3, 1, 4, 1, 5};
        for (int t = 0; t < tokens.length; t++) {
            assertThat(Prediction.at(folded.transformer().run(tokens), t).logProbability(7))
                    .isCloseTo(
                            Prediction.at(unfolded.transformer().run(tokens), t).logProbability(7), within(1e-5));
        }

        Files.writeString(folder.resolve("fold"), "fold_ln fold_everything");
        folders.bring(new FolderSource(folder));
        assertThat(refused.all().get("folded")).contains("“fold_everything” is no step of folding");
        assertThat(library.open("folded").orElseThrow().ref()).isEqualTo(folded.ref());
    }

    @Test
    void aModelIsStoredOnceAndAgainOnlyWhenItsFilesChange() throws IOException {
        Path folder = write("changing", 2);
        folders.bring(new FolderSource(folder));
        long first = id("changing");
        folders.bring(new FolderSource(folder));
        assertThat(id("changing")).isEqualTo(first);
        write("changing", 3);
        folders.bring(new FolderSource(folder));
        assertThat(id("changing")).isNotEqualTo(first);
        assertThat(parts()).isEqualTo(partsOfStoredModels());
    }

    @Test
    void aBrokenSuccessorLeavesTheStoredModelAsItWas() throws IOException {
        Path folder = write("steady", 4);
        folders.bring(new FolderSource(folder));
        long first = id("steady");
        Files.writeString(
                folder.resolve("config.json"),
                ModelFiles.writeConfig(CONFIG).replace("\"d_head\" : 4", "\"d_head\" : 5"));
        folders.bring(new FolderSource(folder));
        assertThat(id("steady")).isEqualTo(first);
        assertThat(library.open("steady")).isPresent();
        assertThat(parts()).isEqualTo(partsOfStoredModels());
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsRefusedByItsName() throws IOException {
        Path folder = write("linked", 5);
        Files.writeString(folder.resolve("inside.json"), "{\"bos_token\": \"a\"}");
        Files.createSymbolicLink(folder.resolve("tokenizer_config.json"), Path.of("inside.json"));
        assertThat(new FolderSource(folder).text("tokenizer_config.json")).contains("bos_token");
        Path secret = Files.writeString(temporary.resolve("secret"), "a secret");
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        for (String file : List.of("card.md", "config.json", "model.safetensors", "tokenizer.json", "text.json")) {
            Path kept = outside.resolve(file);
            boolean there = Files.exists(folder.resolve(file));
            if (there) {
                Files.move(folder.resolve(file), kept);
            }
            Files.createSymbolicLink(folder.resolve(file), there ? kept : secret);
            folders.bring(new FolderSource(folder));
            assertThat(library.open("linked")).as(file).isEmpty();
            assertThat(refused.all().get("linked")).startsWith(file + " leads out of the model's folder by a link");
            Files.delete(folder.resolve(file));
            if (there) {
                Files.move(kept, folder.resolve(file));
            }
        }
        folders.bring(new FolderSource(folder));
        assertThat(library.open("linked")).isPresent();
        assertThat(refused.all()).doesNotContainKey("linked");
    }

    @Test
    void whyAModelIsRefusedIsToldWithoutTheServersPaths() throws IOException {
        assertThat(refused.all()).containsKeys("cut-off", "empty");
        Map<String, String> bounds = new LinkedHashMap<>();
        bounds.put("\"n_ctx\" : 8", "\"n_ctx\" : 2147483647");
        bounds.put("\"d_vocab\" : 20", "\"d_vocab\" : 2000000000");
        bounds.put("\"n_layers\" : 1", "\"n_layers\" : 2147483647");
        bounds.put("\"n_heads\" : 2", "\"n_heads\" : 2147483647");
        bounds.put("\"d_model\" : 8", "\"d_model\" : 99999999999");
        bounds.put("\"d_head\" : 4", "\"d_head\" : -4");
        bounds.put("\"eps\" : 1.0E-5", "\"eps\" : 1e400");
        String config = ModelFiles.writeConfig(CONFIG);
        for (Map.Entry<String, String> bound : bounds.entrySet()) {
            String to = bound.getValue();
            assertThat(config).contains(bound.getKey());
            Path folder = write("beyond-bounds", 8);
            Files.writeString(folder.resolve("config.json"), config.replace(bound.getKey(), to));
            folders.bring(new FolderSource(folder));
            assertThat(names()).as(to).doesNotContain("beyond-bounds");
            assertThat(refused.all().get("beyond-bounds"))
                    .as(to)
                    .isNotBlank()
                    .contains(to.substring(1, to.indexOf('"', 1)))
                    .doesNotContain(temporary.toString(), "Exception", "null");
        }
    }

    @Test
    void weightsInShardsAreStoredAsIfTheyWereInOneFile() throws IOException {
        Path folder = write("in-shards", 6);
        byte[] whole = Files.readAllBytes(folder.resolve("model.safetensors"));
        Files.delete(folder.resolve("model.safetensors"));
        Weights weights = RandomModels.weights(CONFIG, 6);
        Arrays.fill(weights.bU(), 0); // and so left out of the file
        Files.write(folder.resolve("part-1.safetensors"), ModelFiles.writeWeights(CONFIG, weights));
        Map<String, String> places = new TreeMap<>();
        try (SeekableByteChannel file = Files.newByteChannel(folder.resolve("part-1.safetensors"))) {
            Safetensors.open(file).names().forEach(name -> places.put(name, "part-1.safetensors"));
        }
        Files.write(
                folder.resolve("part-2.safetensors"),
                new SafetensorsWriter().add("unembed.b_U", BIAS, 20).bytes());
        places.put("unembed.b_U", "part-2.safetensors");
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                JsonMapper.shared().writeValueAsString(Map.of("weight_map", places)));
        folders.bring(new FolderSource(folder));
        OpenModel open = library.open("in-shards").orElseThrow();
        assertThat(open.transformer().weights().bU()).isEqualTo(BIAS);
        assertThat(open.transformer().weights().wE().data).isEqualTo(weights.wE().data);
        Files.write(folder.resolve("model.safetensors"), whole);
        assertThatThrownBy(() -> new FolderSource(folder).openWeights())
                .hasMessage("model.safetensors and model.safetensors.index.json are both there; remove one of them");
    }

    @Test
    void filesMayBeginWithAByteOrderMarkAndATokenizerMayHaveMoreOrFewerTokens() throws IOException {
        for (int tokens : new int[] {3, 25}) {
            String name = "marked-" + tokens;
            Path folder = write(name, 8);
            for (String file : List.of("config.json", "tokenizer.json")) {
                String text = file.equals("config.json") ? ModelFiles.writeConfig(CONFIG) : letters(tokens);
                Files.writeString(folder.resolve(file), "\uFEFF" + text);
            }
            folders.bring(new FolderSource(folder));
            OpenModel open = library.open(name).orElseThrow();
            assertThat(open.prompt("cab").tokens()).containsExactly(2, 0, 1);
            assertThat(open.tokenizer().piece(19).label()).isEqualTo(tokens == 3 ? "⟨19⟩" : "t");
            if (tokens == 3) {
                assertThat(open.stored().warnings()).isEmpty();
            } else {
                assertThat(open.stored().warnings()).singleElement().asString().contains("25 tokens", "vocabulary 20");
                assertThatThrownBy(() -> open.prompt("cau"))
                        .isInstanceOf(Refusal.class)
                        .hasMessage("“u” is token 20 of the tokenizer; the vocabulary of " + name + " ends at 19.");
                assertThatThrownBy(() -> open.windows("cau", 1)).hasMessageContaining("“u” is token 20");
            }
        }
    }

    @Test
    void aBeginningThatIsNotGivenIsTheTokenizers() throws IOException {
        Config wanting =
                Config.builder().sizes(1, 8, 2, 4, 20, 8).prependBos(true).build();
        Path folder = write("beginning", 9);
        Files.writeString(folder.resolve("config.json"), ModelFiles.writeConfig(wanting));
        folders.bring(new FolderSource(folder));
        OpenModel ofIds = library.open("beginning").orElseThrow();
        assertThat(ofIds.prompt("3 4").tokens()).containsExactly(3, 4);
        assertThat(ofIds.stored().warnings()).isEmpty();

        Files.writeString(folder.resolve("tokenizer.json"), letters(20));
        folders.bring(new FolderSource(folder));
        OpenModel ofLetters = library.open("beginning").orElseThrow();
        assertThat(ofLetters.prompt("de").tokens()).containsExactly(3, 4);
        assertThat(ofLetters.stored().warnings()).singleElement().asString().contains("no token is put in front");

        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"bos_token\": \"b\"}");
        folders.bring(new FolderSource(folder));
        OpenModel begun = library.open("beginning").orElseThrow();
        assertThat(begun.prompt("de").tokens()).containsExactly(1, 3, 4);
        assertThat(begun.windows("de", 1).getFirst()).containsExactly(1, 3, 4);
        assertThat(begun.stored().warnings()).isEmpty();
    }

    @Test
    void tiedWeightsThatDifferAreWarnedOf() throws IOException {
        Path folder = write("tied", 10);
        Files.writeString(
                folder.resolve("config.json"),
                ModelFiles.writeConfig(CONFIG).replaceFirst("\\{", "{\"tie_word_embeddings\": true,"));
        folders.bring(new FolderSource(folder));
        assertThat(library.open("tied").orElseThrow().stored().warnings())
                .singleElement()
                .asString()
                .contains("tie_word_embeddings is true", "first at token 0");
    }

    @Test
    void theHashOfAModelIsWhatItWasBeforeOtherFilesWereRead() throws Exception {
        Path folder = write("hashed", 11);
        folders.bring(new FolderSource(folder));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String file : List.of(
                "config.json", "model.safetensors", "tokenizer.json", "card.md", "training.json", "text.json")) {
            digest.update(file.getBytes(StandardCharsets.UTF_8));
            digest.update(Files.exists(folder.resolve(file)) ? Files.readAllBytes(folder.resolve(file)) : new byte[0]);
        }
        assertThat(library.open("hashed").orElseThrow().stored().hash())
                .isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }

    /** A tokenizer of so many letters, from a. */
    private static String letters(int count) {
        Map<String, Integer> vocabulary = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            vocabulary.put(String.valueOf((char) ('a' + i)), i);
        }
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "version",
                        "1.0",
                        "added_tokens",
                        List.of(),
                        "model",
                        Map.of("type", "BPE", "vocab", vocabulary, "merges", List.of())));
    }

    @Test
    void theModelWithTheMarkOpensFirst() throws IOException {
        assertThat(library.first().orElseThrow().name()).as("the shipped one").isEqualTo("storybook-2l");
        Path marked = write("a-first", 5);
        folders.bring(new FolderSource(marked));
        assertThat(library.first().orElseThrow().name()).as("without a mark").isEqualTo("storybook-2l");
        Files.createFile(marked.resolve(ModelSource.OPENS_FIRST));
        folders.bring(new FolderSource(marked));
        assertThat(library.first().orElseThrow().name()).isEqualTo("a-first");
        Files.delete(marked.resolve(ModelSource.OPENS_FIRST));
        folders.bring(new FolderSource(marked));
        assertThat(library.first().orElseThrow().name()).isEqualTo("storybook-2l");
    }

    @Test
    void aModelIsReadOnce() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        assertThat(library.open("storybook-2l").orElseThrow()).isSameAs(model);
    }

    private Path write(String name, long seed) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve(name));
        Files.writeString(folder.resolve("config.json"), ModelFiles.writeConfig(CONFIG));
        Files.write(
                folder.resolve("model.safetensors"),
                ModelFiles.writeWeights(CONFIG, RandomModels.weights(CONFIG, seed)));
        return folder;
    }

    private List<String> names() {
        return library.models().stream().map(StoredModel::name).toList();
    }

    private long id(String name) {
        return jdbc.sql("select id from model where name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }

    private int parts() {
        return jdbc.sql("select count(*) from weights_part")
                .query(Integer.class)
                .single();
    }

    private int partsOfStoredModels() {
        return jdbc.sql("select count(*) from weights_part p join model m on m.id = p.model_id")
                .query(Integer.class)
                .single();
    }
}
