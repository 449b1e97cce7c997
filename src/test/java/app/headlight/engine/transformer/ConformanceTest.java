package app.headlight.engine.transformer;

import static app.headlight.ReferenceModel.doubles;
import static app.headlight.ReferenceModel.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Mlp.Activation;
import app.headlight.engine.transformer.Site.Kind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Models of every configuration field, block and norm against the numbers that TransformerLens 2.18 computes from the
 * same files. The files are read here by hand, so that a mistake in reading them elsewhere does not hide one of the
 * pass.
 */
class ConformanceTest {

    record Reference(String name, Transformer model, JsonNode expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Reference> references() throws Exception {
        List<Reference> all = new ArrayList<>();
        for (String folder : List.of("config-fields", "families")) {
            Path root = Path.of(
                    ConformanceTest.class.getResource("/reference/" + folder).toURI());
            try (Stream<Path> models = Files.list(root)) {
                for (Path model : models.sorted().toList()) {
                    all.add(reference(model));
                }
            }
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(19);
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
                rows(run.pattern(head), sentence.get("pattern").get(head.layer()).get(head.head()));
            }
            for (int l = 0; l <= run.config().nLayers(); l++) {
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

    private static void rows(FMatrixRMaj square, JsonNode expected) {
        for (int t = 0; t < expected.size(); t++) {
            double[] row = doubles(expected.get(t));
            for (int s = 0; s < row.length; s++) {
                assertThat((double) square.get(t, s)).isCloseTo(row[s], within(1e-4));
            }
        }
    }

    private static void norms(FMatrixRMaj rows, JsonNode expected) {
        for (int t = 0; t < rows.numRows; t++) {
            double square = 0;
            for (int i = 0; i < rows.numCols; i++) {
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
        assertThat(again.logits().data).isEqualTo(whole.logits().data);
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
                    metric(model.rerun(corrupt, List.of(edit)), expected, map.get(l).get(t));
                }
            }
        });
        Map<String, Kind> byHead = Map.of(
                "head_out", Kind.RESULT, "q", Kind.Q, "k", Kind.K, "v", Kind.V, "pattern", Kind.PATTERN);
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

    private static FMatrixRMaj value(Run run, Site site) {
        HeadId head = site.head() < 0 ? null : new HeadId(site.layer(), site.head());
        return switch (site.kind()) {
            case RESULT -> run.result(head);
            default -> run.activations().get(site);
        };
    }

    private static void metric(Run run, JsonNode patching, JsonNode expected) {
        int position = patching.get("position").asInt();
        double metric = run.logits().get(position, patching.get("answer").asInt())
                - run.logits().get(position, patching.get("wrong").asInt());
        assertThat(metric).isCloseTo(expected.asDouble(), within(1e-3));
    }

    private static Reference reference(Path folder) throws IOException {
        JsonNode json = JsonMapper.shared().readTree(Files.readString(folder.resolve("config.json")));
        JsonNode expected = JsonMapper.shared().readTree(Files.readString(folder.resolve("expected.json")));
        Config config = config(json);
        Transformer model = new Transformer(
                config, weights(config, folder.resolve("model.safetensors")), MatrixProducts.fastest());
        return new Reference(folder.getFileName().toString(), model, expected);
    }

    private static Config config(JsonNode json) {
        int layers = json.get("n_layers").asInt();
        ConfigBuilder out = Config.builder()
                .sizes(
                        layers,
                        json.get("d_model").asInt(),
                        json.get("n_heads").asInt(),
                        json.get("d_head").asInt(),
                        json.get("d_vocab").asInt(),
                        json.get("n_ctx").asInt())
                .norm(norm(json))
                .eps(json.get("eps").asDouble())
                .parallel(json.path("parallel_attn_mlp").asBoolean(false))
                .nKeyValueHeads(json.path("n_key_value_heads").asInt(0))
                .scaleByInverseLayer(json.path("scale_attn_by_inverse_layer_idx").asBoolean(false))
                .scoresSoftCap(json.path("attn_scores_soft_cap").asDouble(0))
                .logitsSoftCap(json.path("output_logits_soft_cap").asDouble(0));
        if (!json.path("attn_only").asBoolean(false)) {
            out.mlp(new Mlp(
                    json.get("d_mlp").asInt(),
                    Activation.valueOf(json.get("act_fn").asString().toUpperCase(Locale.ROOT)),
                    json.path("gated_mlp").asBoolean(false)));
        }
        if (json.has("attn_scale")) {
            out.attnScale(json.get("attn_scale").asDouble());
        }
        if (!json.path("use_attn_scale").asBoolean(true)) {
            out.attnScale(1);
        }
        List<Integer> local = new ArrayList<>();
        for (int l = 0; l < json.path("attn_types").size(); l++) {
            if (json.get("attn_types").get(l).asString().equals("local")) {
                local.add(l);
            }
        }
        out.window(json.path("window_size").asInt(0), local);
        String positions = json.path("positional_embedding_type").asString("standard");
        return positions.equals("rotary")
                ? out.rotary(new Rotary(
                                json.get("rotary_dim").asInt(),
                                json.path("rotary_base").asDouble(10_000),
                                json.path("rotary_adjacent_pairs").asBoolean(false)))
                        .build()
                : out.positions(Positions.valueOf(positions.toUpperCase(Locale.ROOT)))
                        .build();
    }

    private static Norm norm(JsonNode json) {
        if (!json.has("normalization_type")) {
            return Norm.LN;
        }
        return switch (json.get("normalization_type").asString("none")) {
            case "LN" -> Norm.LN;
            case "LNPre" -> Norm.LN_PRE;
            case "RMS" -> Norm.RMS;
            case "RMSPre" -> Norm.RMS_PRE;
            default -> Norm.NONE;
        };
    }

    private static Weights weights(Config config, Path file) throws IOException {
        Map<String, FMatrixRMaj> values = new HashMap<>();
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            Safetensors tensors = Safetensors.open(channel);
            for (Weights.Tensor tensor : Weights.tensors(config)) {
                String name = tensors.names().contains(tensor.name())
                        ? tensor.name()
                        : tensor.name().replaceAll("attn\\.([Wb]_[KV])", "attn._$1"); // grouped
                float[] given = tensors.floats(name);
                values.put(
                        tensor.name(),
                        Set.of("W_Q", "W_K", "W_V").contains(tensor.name().replaceAll(".*\\.", ""))
                                ? sideBySide(given, tensor, config.dHead())
                                : new FMatrixRMaj(tensor.rows(), tensor.columns(), true, given));
            }
        }
        return Weights.of(config, values);
    }

    /** [heads, D, K] to [D, heads·K]. */
    private static FMatrixRMaj sideBySide(float[] byHead, Weights.Tensor tensor, int k) {
        FMatrixRMaj out = new FMatrixRMaj(tensor.rows(), tensor.columns());
        for (int i = 0; i < byHead.length; i++) {
            int head = i / (tensor.rows() * k);
            out.set(i / k % tensor.rows(), head * k + i % k, byHead[i]);
        }
        return out;
    }
}
