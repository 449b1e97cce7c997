package app.headlight.engine.transformer;

import static app.headlight.ReferenceModel.doubles;
import static app.headlight.ReferenceModel.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.formats.ConfigFile;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.formats.ShardedWeights;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Site.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Models of every configuration field, block, norm and family against the numbers that TransformerLens 2.18 or the
 * transformers package computes from the same files.
 */
class ConformanceTest {

    /** They are refused where their configuration is read. */
    private static final Set<String> REFUSED = Set.of("alibi", "bidirectional");

    record Reference(String name, Transformer model, JsonNode expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Reference> references() throws Exception {
        List<Reference> all = new ArrayList<>();
        for (String folder : List.of("config-fields", "families", "made")) {
            Path root = Path.of(
                    ConformanceTest.class.getResource("/reference/" + folder).toURI());
            try (Stream<Path> models = Files.list(root)) {
                for (Path model : models.sorted().toList()) {
                    if (!REFUSED.contains(model.getFileName().toString())) {
                        all.add(reference(model));
                    }
                }
            }
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(55);
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("references")
    void runsAreTheReferences(Reference reference) {
        for (JsonNode sentence : reference.expected().get("sentences")) {
            Run run = reference.model().run(ints(sentence.get("tokens")));
            assertThat(run.loss()).containsExactly(doubles(sentence.get("loss")), within(1e-4));
            lastRow(run, sentence);
            for (HeadId head : reference.model().heads()) {
                rows(
                        run.pattern(head),
                        sentence.get("pattern").get(head.layer()).get(head.head()));
            }
            for (int l = 0; l < sentence.get("resid_norm").size(); l++) {
                norms(run.residual(l), sentence.get("resid_norm").get(l));
            }
            for (int l = 0; sentence.has("mlp_out_norm") && l < run.config().nLayers(); l++) {
                norms(run.mlpOut(l), sentence.get("mlp_out_norm").get(l));
            }
        }
    }

    private static void lastRow(Run run, JsonNode sentence) {
        boolean probabilities = sentence.has("logprobs_last");
        double[] expected = doubles(sentence.get(probabilities ? "logprobs_last" : "logits_last"));
        int last = run.length() - 1;
        for (int v = 0; v < expected.length; v++) {
            double logit = run.logits().get(last, v) - (probabilities ? run.logSum()[last] : 0);
            assertThat(logit).isCloseTo(expected[v], within(1e-4));
        }
    }

    private static void rows(Matrix square, JsonNode expected) {
        for (int t = 0; t < expected.size(); t++) {
            double[] row = doubles(expected.get(t));
            for (int s = 0; s < row.length; s++) {
                assertThat((double) square.get(t, s)).isCloseTo(row[s], within(1e-4));
            }
        }
    }

    private static void norms(Matrix rows, JsonNode expected) {
        for (int t = 0; t < rows.rows(); t++) {
            double square = 0;
            for (int i = 0; i < rows.columns(); i++) {
                square += rows.get(t, i) * rows.get(t, i);
            }
            double norm = expected.get(t).asDouble();
            assertThat(Math.sqrt(square)).isCloseTo(norm, within(1e-4 * Math.max(1, norm)));
        }
    }

    static Stream<Reference> ablations() throws Exception {
        return references().filter(reference -> reference.expected().has("ablation"));
    }

    @ParameterizedTest
    @MethodSource("ablations")
    void editedRunsAreTheReferences(Reference reference) {
        JsonNode ablation = reference.expected().get("ablation");
        Transformer model = reference.model();
        Run clean = model.run(ints(ablation.get("tokens")));
        assertThat(clean.loss()).containsExactly(doubles(ablation.get("clean_loss")), within(1e-4));
        for (HeadId head : model.heads()) {
            Site result = Site.of(Kind.RESULT, head);
            same(model, clean, Edit.zero(head), ablation.get("zero").get(head.toString()));
            same(
                    model,
                    clean,
                    new Edit.Mean(result, Edit.At.ALL),
                    ablation.get("mean_over_positions").get(head.toString()));
        }
        for (Map.Entry<String, JsonNode> mlp : ablation.get("mlp_zero").properties()) {
            int layer = Integer.parseInt(mlp.getKey().substring("MLP".length()));
            same(model, clean, new Edit.Zero(Site.of(Kind.MLP_OUT, layer), Edit.At.ALL), mlp.getValue());
        }
        for (Map.Entry<String, JsonNode> cut : ablation.get("cut_pattern_entry").properties()) {
            String[] name = cut.getKey().split(" \\[|<-|\\]");
            Edit edit = Edit.cut(HeadId.parse(name[0]), Integer.parseInt(name[1]), Integer.parseInt(name[2]));
            same(model, clean, edit, cut.getValue());
        }
    }

    /** Computed whole, and again from the first layer that changes. */
    private static void same(Transformer model, Run clean, Edit edit, JsonNode losses) {
        Run whole = model.run(clean.tokens(), List.of(edit));
        assertThat(whole.loss()).as(edit.toString()).containsExactly(doubles(losses), within(1e-4));
        Run again = model.rerun(clean, List.of(edit));
        assertThat(again.loss()).isEqualTo(whole.loss());
        assertThat(again.logits().toArray()).isEqualTo(whole.logits().toArray());
    }

    static Stream<Reference> patchings() throws Exception {
        return references().filter(reference -> reference.expected().has("patching"));
    }

    @ParameterizedTest
    @MethodSource("patchings")
    void patchedRunsAreTheReferences(Reference reference) {
        JsonNode expected = reference.expected().get("patching");
        Transformer model = reference.model();
        Run clean = model.run(ints(expected.get("clean")));
        Run corrupt = model.run(ints(expected.get("corrupt")));
        JsonNode sites = expected.get("sites");
        Map<String, Kind> byPosition =
                Map.of("resid_pre", Kind.RESID_PRE, "attn_out", Kind.ATTN_OUT, "mlp_out", Kind.MLP_OUT);
        byPosition.forEach((name, kind) -> {
            JsonNode map = sites.path(name + " [layer][position]");
            for (int l = 0; l < map.size(); l++) {
                for (int t = 0; t < map.get(l).size(); t++) {
                    Site site = Site.of(kind, l);
                    Edit edit = new Edit.Patch(site, Edit.At.position(t), value(clean, site));
                    metric(
                            model.rerun(corrupt, List.of(edit)),
                            expected,
                            map.get(l).get(t));
                }
            }
        });
        Map<String, Kind> byHead =
                Map.of("head_out", Kind.RESULT, "q", Kind.Q, "k", Kind.K, "v", Kind.V, "pattern", Kind.PATTERN);
        byHead.forEach((name, kind) -> {
            for (HeadId head : model.heads()) {
                Site site = Site.of(kind, head);
                Edit edit = new Edit.Patch(site, Edit.At.ALL, value(clean, site));
                JsonNode map = sites.get(name + " [layer][head]");
                metric(
                        model.rerun(corrupt, List.of(edit)),
                        expected,
                        map.get(head.layer()).get(head.head()));
            }
        });
    }

    private static Matrix value(Run run, Site site) {
        HeadId head = site.head() < 0 ? null : new HeadId(site.layer(), site.head());
        return switch (site.kind()) {
            case RESULT -> run.result(head);
            default -> Matrix.of(run.activations().get(site));
        };
    }

    private static void metric(Run run, JsonNode patching, JsonNode expected) {
        int position = patching.get("position").asInt();
        double metric = run.logits().get(position, patching.get("answer").asInt())
                - run.logits().get(position, patching.get("wrong").asInt());
        assertThat(metric).isCloseTo(expected.asDouble(), within(1e-3));
    }

    private static Reference reference(Path folder) throws IOException {
        JsonNode expected = JsonMapper.shared().readTree(Files.readString(folder.resolve("expected.json")));
        ConfigFile config = ModelFiles.readConfig(Files.readString(folder.resolve("config.json")));
        try (SeekableByteChannel channel = weights(folder)) {
            Weights weights =
                    ModelFiles.readWeights(config, Safetensors.open(channel)).weights();
            Transformer model = new Transformer(config.config(), weights, MatrixProducts.fastest());
            return new Reference(folder.getFileName().toString(), model, expected);
        }
    }

    private static SeekableByteChannel weights(Path folder) throws IOException {
        Path index = folder.resolve(ShardedWeights.INDEX);
        if (Files.notExists(index)) {
            return Files.newByteChannel(folder.resolve("model.safetensors"));
        }
        Path whole = Files.createTempFile("shards", ".safetensors");
        try (InputStream in =
                ShardedWeights.open(Files.readString(index), shard -> Files.newInputStream(folder.resolve(shard)))) {
            Files.copy(in, whole, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.newByteChannel(whole, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    }
}
