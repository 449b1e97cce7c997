package app.headlight.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.headlight.engine.formats.ConfigFile;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.formats.SafetensorsException;
import app.headlight.engine.text.BpeTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Configurations, the smallest models of each family, and tokenizers of each kind. */
final class SeedsOfModels {

    private static final Pattern NAME = Pattern.compile("“([^”]+)”");
    private static final Pattern SHAPE = Pattern.compile("“([^”]+)” is \\[[0-9, ]*]; expected \\[([0-9, ]*)]");

    /** The smallest model of each family: one layer, two heads of two, three tokens. */
    private static final Map<String, String> SMALLEST = Map.of(
            "gpt2", """
            {"model_type":"gpt2","n_layer":1,"n_embd":4,"n_head":2,"vocab_size":3,"n_positions":3,"n_inner":2}\
            """,
            "neox", """
            {"model_type":"gpt_neox","num_hidden_layers":1,"hidden_size":4,"num_attention_heads":2,"vocab_size":3,
            "max_position_embeddings":3,"intermediate_size":2,"rotary_pct":1.0,"bos_token_id":0}\
            """,
            "llama", """
            {"model_type":"llama","num_hidden_layers":1,"hidden_size":4,"num_attention_heads":2,"vocab_size":3,
            "num_key_value_heads":1,"max_position_embeddings":3,"intermediate_size":2,"tie_word_embeddings":true}\
            """,
            "qwen2", """
            {"architectures":["Qwen2ForCausalLM"],"num_hidden_layers":1,"hidden_size":4,"num_attention_heads":2,
            "vocab_size":3,"num_key_value_heads":2,"max_position_embeddings":3,"intermediate_size":2}\
            """,
            "mistral", """
            {"model_type":"mistral","num_hidden_layers":1,"hidden_size":4,"num_attention_heads":2,"vocab_size":3,
            "num_key_value_heads":2,"max_position_embeddings":3,"intermediate_size":2,"sliding_window":2}\
            """,
            "nanogpt", """
            {"n_layer":1,"n_embd":4,"n_head":2,"vocab_size":3,"block_size":3,"bias":false}\
            """,
            "transformerlens", """
            {"n_layers":1,"d_model":4,"n_heads":2,"d_head":2,"d_vocab":3,"n_ctx":3,"d_mlp":2,"act_fn":"solu_ln",
            "normalization_type":"LN"}\
            """);

    private SeedsOfModels() {}

    static void configs() throws IOException {
        for (Map.Entry<String, String> model : SMALLEST.entrySet()) {
            byte[] weights = weights(ModelFiles.readConfig(model.getValue()));
            Seeds.write(
                    "Config",
                    "model-" + model.getKey(),
                    Joined.of(model.getValue().getBytes(UTF_8), weights));
        }
        for (String set : List.of("families", "config-fields", "made")) {
            try (Stream<Path> folders = Files.list(Seeds.REFERENCE.resolve(set))) {
                for (Path folder : folders.sorted().toList()) {
                    byte[] config = Files.readAllBytes(folder.resolve("config.json"));
                    Seeds.write("Config", folder.getFileName().toString(), config);
                }
            }
        }
    }

    /** Zeros for every tensor that the reader says is missing, of the shape that it then asks for. */
    private static byte[] weights(ConfigFile config) throws IOException {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        while (true) {
            byte[] file = zeros(shapes);
            try {
                ModelFiles.readWeights(config, Safetensors.open(new Bytes(file)));
                return file;
            } catch (SafetensorsException said) {
                List<MatchResult> expected =
                        SHAPE.matcher(said.getMessage()).results().toList();
                for (MatchResult one : expected) {
                    shapes.put(
                            one.group(1),
                            Arrays.stream(one.group(2).split(", "))
                                    .mapToLong(Long::parseLong)
                                    .toArray());
                }
                Matcher missing = NAME.matcher(said.getMessage());
                while (expected.isEmpty() && missing.find()) {
                    shapes.put(missing.group(1), new long[] {0});
                }
            }
        }
    }

    private static byte[] zeros(Map<String, long[]> shapes) {
        List<String> tensors = new ArrayList<>();
        long end = 0;
        for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            String dtype = List.of("F32", "F16", "BF16", "F64").get(tensors.size() % 4);
            int width = List.of(4, 2, 2, 8).get(tensors.size() % 4);
            long bytes = Arrays.stream(tensor.getValue()).reduce(width, (a, b) -> a * b);
            tensors.add(Seeds.tensor(tensor.getKey(), dtype, Arrays.toString(tensor.getValue()), end, end + bytes));
            end += bytes;
        }
        return Seeds.file("{" + String.join(",", tensors) + "}", new byte[(int) end]);
    }

    static void tokenizers() throws IOException {
        for (BpeTraining.Alphabet alphabet : BpeTraining.Alphabet.values()) {
            BpeTraining training = new BpeTraining(280, alphabet, List.of("<unk>", "<s>"));
            training.add("Once upon a time there was a dog. The dog was here, and the dog was there: 12 times.");
            String json = training.learn().tokenizerJson();
            Seeds.write("Tokenizer", "bpe-" + alphabet.name().toLowerCase(Locale.ROOT), json.getBytes(UTF_8));
        }
        words(
                "word-level",
                "{\"type\":\"WordLevel\",\"vocab\":{\"<unk>\":0,\"once\":1,\"▁a\":2},\"unk_token\":\"<unk>\"}");
        words(
                "word-piece",
                "{\"type\":\"WordPiece\",\"vocab\":{\"[UNK]\":0,\"once\":1,\"##s\":2,\"a\":3},"
                        + "\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100}");
        words(
                "unigram",
                "{\"type\":\"Unigram\",\"unk_id\":0,\"byte_fallback\":true,"
                        + "\"vocab\":[[\"<unk>\",0],[\"▁once\",-1.5],[\"<0xE2>\",-2],[\"e\",-3]]}");
        words(
                "bpe",
                "{\"type\":\"BPE\",\"vocab\":{\"<unk>\":0,\"o\":1,\"n\":2,\"on\":3,\"<0x0A>\":4},"
                        + "\"merges\":[[\"o\",\"n\"]],\"unk_token\":\"<unk>\",\"byte_fallback\":true,\"fuse_unk\":true}");
    }

    private static void words(String name, String model) throws IOException {
        String json = """
            {"version":"1.0","truncation":{"max_length":4,"stride":1,"strategy":"LongestFirst","direction":"Right"},
            "padding":{"strategy":{"Fixed":9},"direction":"Left","pad_id":0,"pad_type_id":0,"pad_token":"<unk>"},
            "added_tokens":[{"id":5,"content":"<s>","single_word":false,"lstrip":false,"rstrip":true,"normalized":false,"special":true}],
            "normalizer":{"type":"Sequence","normalizers":[{"type":"NFKC"},{"type":"Lowercase"},{"type":"Strip","strip_left":true,"strip_right":true},
            {"type":"Replace","pattern":{"Regex":" +"},"content":" "},{"type":"Prepend","prepend":"▁"}]},
            "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\\\s+"},"behavior":"Removed","invert":false},
            {"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true},{"type":"Digits","individual_digits":true}]},
            "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
            "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],
            "special_tokens":{"<s>":{"id":"<s>","ids":[5],"tokens":["<s>"]}}},
            "decoder":{"type":"Sequence","decoders":[{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]},
            "model":\
            """ + model + "}";
        String config = "{\"bos_token\":{\"content\":\"<s>\"},\"eos_token\":\"once\",\"add_bos_token\":true}";
        Seeds.write("Tokenizer", name, Joined.of(json.getBytes(UTF_8), config.getBytes(UTF_8)));
    }
}
