package app.headlight.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.formats.ModelFiles;
import app.headlight.transformer.Config;
import app.headlight.transformer.Norm;
import app.headlight.transformer.Positions;
import app.headlight.transformer.RandomModels;
import app.headlight.transformer.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class ModelFoldersTest extends SharedServer {

    private static final Config CONFIG =
            new Config(1, 8, 2, 4, 20, 8, Positions.STANDARD, Norm.NONE, 1e-5, false, null);

    @Autowired
    private ModelFolders folders;

    @Autowired
    private ModelLibrary library;

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
        Run run = library.run(open, tokens, List.of());
        Run direct = new app.headlight.transformer.Transformer(
                        CONFIG,
                        RandomModels.weights(CONFIG, 1),
                        open.transformer().products())
                .run(tokens);
        assertThat(run.logits().data).isEqualTo(direct.logits().data);
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
    void theSameRunIsComputedOnce() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        int[] tokens = model.prompt("The king").tokens();
        assertThat(library.run(model, tokens, List.of())).isSameAs(library.run(model, tokens.clone(), List.of()));
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
