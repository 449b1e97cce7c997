package app.headlight.engine.formats;

import app.headlight.engine.transformer.InductionByHand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The files of the stored model of {@link InductionByHand}. */
public final class InductionByHandFiles {

    /** Their folder in the repository. */
    public static final Path FOLDER = Path.of("db", "models", "induction-by-hand");

    /** A word with the space before it, one white space, or one other character. */
    private static final String CUTS = " ?[A-Za-z]+|\\s|[^\\sA-Za-z]";

    private static final String CARD = """
            # induction-by-hand
            Two attention-only layers of two heads, every weight set by hand: the induction circuit of Elhage et al. 2021, \
            "A Mathematical Framework for Transformer Circuits", in its plainest form. Nothing was trained.
            Vocabulary 64 (start, unknown, 62 words and marks, a word after a space with the space in it), d_model 256, \
            d_head 64, context 64, shortformer positions, no norm.
            The stream has four one-hot parts of 64: token, token before, position (seen by queries and keys only), output.

            - L0H0, previous token: attends to the token before (by position alone) and notes which one it was.
            - L0H1, same token: attends to every place so far with the current token, itself too, in equal shares; lowers that token by 2.
            - L1H0, induction: attends to the places that come after the current token, by what L0H0 noted there (K-composition, \
            raw score 1/8; Q and V 0), and raises what stands there by 8. Without such a place it rests on the start token and writes nothing.
            - L1H1, start: attends to the first position and, finding the start token there, lowers that token by 4.
            - Direct path: 2 for each pair of neighbours in the four sentences below.

            What came after a token once is predicted after it the next time, with a probability of 0.98 or more.

            - The cat sat on the mat. The cat sat on the
            - Mr and Mrs Dursley of number four were proud. Mr Dursley
            - When Mary and John went to the store, John gave a bag to Mary
            - Paris traveled to Paris, France and stayed in a Hilton

            Other words: river seven candle bright horse under stone music is was dog ran saw red green king queen one two three.
            "Mr" at the beginning and " Mr" after a space are two tokens. Words outside the vocabulary are all one token, unknown.
            """;

    private InductionByHandFiles() {}

    /** The content of each file by its name. */
    public static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("config.json", utf8(ModelFiles.writeConfig(InductionByHand.config())));
        files.put("model.safetensors", ModelFiles.writeWeights(InductionByHand.config(), InductionByHand.weights()));
        files.put("tokenizer.json", utf8(tokenizer()));
        files.put("card.md", utf8(CARD));
        return files;
    }

    /** A tokenizer in Hugging Face's format: a list of whole words. */
    private static String tokenizer() {
        ObjectNode root = JsonMapper.shared().createObjectNode().put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        root.putArray("added_tokens")
                .addObject()
                .put("id", InductionByHand.vocabulary().indexOf(InductionByHand.START))
                .put("content", InductionByHand.START)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
        root.putNull("normalizer");
        ObjectNode cuts = root.putObject("pre_tokenizer").put("type", "Split");
        cuts.putObject("pattern").put("Regex", CUTS);
        cuts.put("behavior", "Isolated").put("invert", false);
        root.putNull("post_processor");
        root.putObject("decoder").put("type", "Fuse");
        ObjectNode model = root.putObject("model").put("type", "WordLevel");
        ObjectNode vocabulary = model.putObject("vocab");
        List<String> tokens = InductionByHand.vocabulary();
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
        }
        model.put("unk_token", InductionByHand.UNKNOWN);
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
