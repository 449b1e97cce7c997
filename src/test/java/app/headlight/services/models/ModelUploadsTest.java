package app.headlight.services.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.SharedServer;
import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignedIn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model is stored whole with all that is right, or nothing of it stays: no file, no row. */
class ModelUploadsTest extends SharedServer {

    private static final Path DRAFTS = Path.of("target/test-data/drafts");

    @Autowired
    private ModelUploads uploads;

    @Autowired
    private ModelExport export;

    @Autowired
    private ModelLibrary library;

    @Autowired
    private Accounts accounts;

    @Autowired
    private JdbcClient jdbc;

    private Account ada;
    private Account bob;
    private List<String> before;

    private record Named(Account account) implements SignedIn.Principal {
        @Override
        public String getName() {
            return account.name();
        }
    }

    @BeforeEach
    void signIn() throws IOException {
        ada = account("ada uploads");
        bob = account("bob uploads");
        before = left();
        as(ada);
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    private Account account(String name) {
        return accounts.withPassword(name, PASSWORD).orElseGet(() -> accounts.add(name, Role.MEMBER, PASSWORD));
    }

    private static void as(Account account) {
        SecurityContextHolder.getContext()
                .setAuthentication(new UsernamePasswordAuthenticationToken(
                        new Named(account), "", AuthorityUtils.createAuthorityList("ROLE_MEMBER")));
    }

    /** What an upload that was refused could have left: files, rows and parts. */
    private List<String> left() throws IOException {
        List<String> left = new ArrayList<>();
        if (Files.isDirectory(DRAFTS)) {
            try (Stream<Path> files = Files.walk(DRAFTS)) {
                files.map(Path::toString).forEach(left::add);
            }
        }
        for (String table : List.of("model", "weights", "weights_part")) {
            left.add(table + " "
                    + jdbc.sql("select count(*) from " + table)
                            .query(Long.class)
                            .single());
        }
        left.remove(DRAFTS.toString());
        return left;
    }

    private static Map<String, byte[]> family(String name) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            try (InputStream in =
                    ModelUploadsTest.class.getResourceAsStream("/reference/families/" + name + "/" + file)) {
                if (in != null) {
                    files.put(file, in.readAllBytes());
                }
            }
        }
        return files;
    }

    private static JsonNode expected(String name) throws IOException {
        try (InputStream in =
                ModelUploadsTest.class.getResourceAsStream("/reference/families/" + name + "/expected.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    private StoredModel upload(Map<String, byte[]> files, String name, Audience audience, List<String> checks)
            throws IOException {
        try (ModelDraft draft = uploads.begin()) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                draft.take(file.getKey(), new ByteArrayInputStream(file.getValue()));
            }
            return uploads.store(draft, name, audience, checks::add);
        }
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-gpt2", "random-neox", "random-llama", "random-qwen2", "random-tl-gelu"})
    void aModelOfEachFamilyGivesTheNumbersOfItsReference(String family) throws IOException {
        List<String> checks = new ArrayList<>();
        String name = "up-" + family;
        StoredModel stored = upload(family(family), name, Audience.ALL, checks);
        try {
            assertThat(checks).hasSize(3).first().isEqualTo("Reading config.json");
            assertThat(stored.owner()).isEqualTo(ada.id());
            JsonNode sentence = expected(family).get("sentences").get(0);
            assertThat(library.open(name)
                            .orElseThrow()
                            .transformer()
                            .run(ReferenceModel.ints(sentence.get("tokens")))
                            .loss())
                    .containsExactly(ReferenceModel.doubles(sentence.get("loss")), within(1e-4));
        } finally {
            uploads.delete(stored);
        }
        assertThat(left()).isEqualTo(before);
    }

    @Test
    void aZipWithAFolderInItIsReadTheSame() throws IOException {
        Map<String, byte[]> inside = new LinkedHashMap<>();
        inside.put("__MACOSX/my-model/._config.json", new byte[] {1});
        for (Map.Entry<String, byte[]> file : family("random-tl-gelu").entrySet()) {
            inside.put("my-model/" + file.getKey(), file.getValue());
        }
        inside.put("my-model/README.txt", "hello".getBytes(StandardCharsets.UTF_8));
        try (ModelDraft draft = uploads.begin()) {
            draft.take("model.ZIP", new ByteArrayInputStream(zip(inside)));
            assertThat(draft.unused()).containsExactly("README.txt");
            assertThat(draft.files()).containsKeys("config.json", "model.safetensors");
            uploads.delete(uploads.store(draft, "zipped", Audience.ALL, check -> {}));
        }
        assertThat(left()).isEqualTo(before);
    }

    /** By the family's own names, and by TransformerLens's: both read again give the same runs. */
    @ParameterizedTest
    @ValueSource(strings = {"random-gpt2", "random-neox", "random-llama", "random-qwen2", "random-tl-attn-ln"})
    void whatIsTakenOutAndAddedAgainIsTheSame(String family) throws IOException {
        StoredModel first = upload(family(family), "first", Audience.ALL, new ArrayList<>());
        int[] tokens = {3, 1, 4, 1, 5};
        for (ModelExport.Names names : ModelExport.Names.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            export.write(first, names, out);
            StoredModel again = null;
            try (ModelDraft draft = uploads.begin()) {
                draft.take("first.zip", new ByteArrayInputStream(out.toByteArray()));
                again = uploads.store(draft, "again", Audience.ALL, check -> {});
            }
            assertThat(library.open("again")
                            .orElseThrow()
                            .transformer()
                            .run(tokens)
                            .logits()
                            .toArray())
                    .as(names.name())
                    .isEqualTo(library.open("first")
                            .orElseThrow()
                            .transformer()
                            .run(tokens)
                            .logits()
                            .toArray());
            if (names == ModelExport.Names.TRANSFORMER_LENS) {
                assertThat(again.file().family().getClass().getSimpleName()).isEqualTo("TransformerLensFamily");
            } else {
                assertThat(again.hash()).as("the very files").isEqualTo(first.hash());
            }
            uploads.delete(again);
        }
        uploads.delete(first);
        assertThat(left()).isEqualTo(before);
    }

    @Test
    void onlyThoseWhoMaySeeAModelSeeIt() throws IOException {
        StoredModel mine = upload(family("random-gpt2"), "mine", Audience.OWNER, new ArrayList<>());
        assertThat(library.open("mine")).isPresent();
        as(bob);
        assertThat(library.open("mine")).isEmpty();
        assertThat(library.models()).extracting(StoredModel::name).doesNotContain("mine");
        assertThatThrownBy(() -> uploads.delete(mine)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> uploads.show(mine, Audience.ALL)).isInstanceOf(NotAllowedException.class);
        as(ada);
        uploads.show(mine, Audience.MEMBERS);
        as(bob);
        assertThat(library.open("mine")).isPresent();
        SecurityContextHolder.clearContext();
        assertThat(library.open("mine")).isEmpty();
        assertThatThrownBy(() -> uploads.begin()).isInstanceOf(NotAllowedException.class);
        as(ada);
        uploads.delete(mine);
        assertThat(library.open("mine")).isEmpty();
        as(bob);
        StoredModel bobs = upload(family("random-gpt2"), "mine", Audience.OWNER, new ArrayList<>());
        as(ada);
        uploads.show(mine, Audience.ALL); // by an old page of hers: that model is gone, and this is another
        uploads.delete(mine);
        as(bob);
        assertThat(library.find("mine").orElseThrow().audience()).isEqualTo(Audience.OWNER);
        uploads.delete(bobs);
        as(ada);
        assertThatThrownBy(() -> uploads.delete(library.find("storybook-2l").orElseThrow()))
                .hasMessageContaining("folder of this server");
    }

    @Test
    void whatIsWrongIsRefusedByNameAndLeavesNothing() throws IOException {
        Map<String, byte[]> good = family("random-tl-gelu");
        byte[] weights = good.get("model.safetensors");
        refused(with(good, "config.json", null), "config.json is missing");
        refused(with(good, "model.safetensors", null), "model.safetensors is missing");
        Map<String, byte[]> pickled = with(good, "model.safetensors", null);
        pickled.put("pytorch_model.bin", new byte[10]);
        refused(pickled, "pytorch_model.bin");
        refused(with(good, "config.json", "{".getBytes(StandardCharsets.UTF_8)), "config.json");
        refused(with(good, "model.safetensors", java.util.Arrays.copyOf(weights, weights.length - 5)), "byte");
        refused(with(good, "model.safetensors", "no weights at all".getBytes(StandardCharsets.UTF_8)), "safetensors");
        byte[] nan = weights.clone();
        ByteBuffer.wrap(nan).order(ByteOrder.LITTLE_ENDIAN).putFloat(nan.length - 4, Float.NaN);
        refused(with(good, "model.safetensors", nan), "NaN");
        String huge = new String(good.get("config.json"), StandardCharsets.UTF_8)
                .replaceAll("\"d_vocab\": *\\d+", "\"d_vocab\": 2000000000");
        refused(with(good, "config.json", huge.getBytes(StandardCharsets.UTF_8)), "512 GB");
        refused(with(good, "tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8)), "tokenizer.json");
    }

    private static Map<String, byte[]> with(Map<String, byte[]> files, String name, byte[] bytes) {
        Map<String, byte[]> other = new LinkedHashMap<>(files);
        if (bytes == null) {
            other.remove(name);
        } else {
            other.put(name, bytes);
        }
        return other;
    }

    private void refused(Map<String, byte[]> files, String why) throws IOException {
        assertThatThrownBy(() -> upload(files, "refused", Audience.ALL, new ArrayList<>()))
                .isInstanceOfAny(Refusal.class, IOException.class)
                .hasMessageContaining(why);
        assertThat(left()).as(why).isEqualTo(before);
        assertThat(library.find("refused")).isEmpty();
    }

    @Test
    void pathsThatLeadOutFilesGivenTwiceAndTooMuchAreRefused() throws IOException {
        try (ModelDraft draft = uploads.begin()) {
            for (String path :
                    List.of("../config.json", "/etc/config.json", "a/../../config.json", "C:\\config.json")) {
                assertThatThrownBy(() -> draft.take(path, new ByteArrayInputStream(new byte[1])))
                        .hasMessageContaining("leads out of the model's folder");
            }
            assertThatThrownBy(() -> draft.take(
                            "bad.zip", new ByteArrayInputStream(zip(Map.of("../../evil.safetensors", new byte[9])))))
                    .hasMessageContaining("leads out");
            assertThatThrownBy(() -> draft.take("no.zip", new ByteArrayInputStream(new byte[100])))
                    .hasMessageContaining("not a zip file");
            draft.take("config.json", new ByteArrayInputStream(new byte[3]));
            assertThatThrownBy(() -> draft.take("sub/config.json", new ByteArrayInputStream(new byte[3])))
                    .hasMessageContaining("config.json is given twice");
            draft.leaveOut("sub/config.json"); // that which was refused
            assertThat(draft.files()).containsKeys("config.json");
            draft.leaveOut("config.json");
            assertThat(draft.files()).isEmpty();
            Map<String, byte[]> two = new LinkedHashMap<>();
            two.put("config.json", new byte[3]);
            two.put("card.md", new byte[(1 << 20) + 1]);
            assertThatThrownBy(() -> draft.take("two.zip", new ByteArrayInputStream(zip(two))))
                    .hasMessageContaining("card.md has more than 1024 kB");
            assertThat(draft.files())
                    .as("of a zip that is refused nothing stays")
                    .isEmpty();
            two.put("card.md", new byte[9]);
            byte[] noise = new byte[5_000];
            new java.util.Random(1).nextBytes(noise);
            byte[] whole = zip(Map.of("model.safetensors", noise));
            assertThatThrownBy(() -> draft.take(
                            "cut.zip", new ByteArrayInputStream(java.util.Arrays.copyOf(whole, whole.length / 2))))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("cut.zip");
            draft.take("two.zip", new ByteArrayInputStream(zip(two)));
            assertThat(draft.files()).hasSize(2);
            draft.leaveOut("two.zip");
            draft.leaveOut("two.zip");
            assertThat(draft.files()).isEmpty();
        }
        ModelDraft small = new ModelDraft(Files.createDirectories(DRAFTS.resolve("small")), 1 << 20);
        try (small) {
            byte[] bomb = zip(Map.of("model.safetensors", new byte[50 << 20]));
            assertThat(bomb.length).isLessThan(1 << 20);
            assertThatThrownBy(() -> small.take("bomb.zip", new ByteArrayInputStream(bomb)))
                    .hasMessageContaining("larger than 1 MB");
            assertThat(small.files()).isEmpty();
        }
        assertThat(left()).isEqualTo(before);
    }

    @Test
    void aRecordOfATrainingWithoutARecipeIsRefused() throws IOException {
        Map<String, byte[]> files = family("random-gpt2");
        String log = "{\"unigram\":1,\"bigram\":1,\"losses\":[],\"measures\":[],\"checkpoints\":[],\"seconds\":1}";
        refused(with(files, "training.json", log.getBytes(StandardCharsets.UTF_8)), "training.json: it has no recipe");
        refused(with(files, "training.json", "[]".getBytes(StandardCharsets.UTF_8)), "the record of a training");
    }

    @Test
    void whatAnAccountLeavesAnAdminDeletes() throws IOException {
        Account eve = account("eve uploads");
        as(eve);
        upload(family("random-gpt2"), "left-behind", Audience.OWNER, new ArrayList<>());
        jdbc.sql("delete from account where id = ?").param(eve.id()).update();
        as(ada);
        assertThat(library.find("left-behind")).isEmpty();
        as(accounts.withPassword("admin", PASSWORD).orElseThrow());
        StoredModel left = library.find("left-behind").orElseThrow();
        assertThat(uploads.mayChange(left)).isTrue();
        uploads.delete(left);
        assertThat(left()).isEqualTo(before);
    }

    @Test
    void aNameThatIsTakenOrNoNameIsRefused() throws IOException {
        for (String name : List.of("storybook-2l", "a b", "../x", "x".repeat(61))) {
            assertThatThrownBy(() -> upload(family("random-gpt2"), name, Audience.ALL, new ArrayList<>()))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(name);
        }
        assertThat(left()).isEqualTo(before);
    }
}
