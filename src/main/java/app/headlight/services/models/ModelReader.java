package app.headlight.services.models;

import app.headlight.engine.formats.Folding;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.formats.WeightsFile;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.text.HuggingFaceTokenizer;
import app.headlight.engine.text.IdTokenizer;
import app.headlight.engine.text.Tokenizer;
import app.headlight.engine.transformer.Bounds;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Transformer;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes a model that can run from its stored files. */
@Component
class ModelReader {

    private final ModelStore store;
    private final MatrixProducts products;

    ModelReader(ModelStore store, MatrixProducts products) {
        this.store = store;
        this.products = products;
    }

    /**
     * Checks a model by reading everything.
     *
     * @return warnings for people who use the model's numbers
     * @throws IOException with the reason where the model is no good; so with an {@link Refusal}
     */
    List<String> check(StoredModel model) throws IOException {
        Bounds.check(model.config());
        for (long step : store.checkpoints(model.id())) {
            weights(model, step);
        }
        try (Tokenizer tokenizer = tokenizer(model)) {
            WeightsFile weights = weights(model, OpenModel.FINISHED);
            OpenModel open = open(model, OpenModel.FINISHED, weights, tokenizer);
            List<String> warnings = new ArrayList<>(weights.warnings());
            warnAboutTokens(open, warnings);
            warnAboutUnembedding(model, weights, warnings);
            return warnings;
        }
    }

    OpenModel read(StoredModel stored, long step) throws IOException {
        return open(stored, step, weights(stored, step), tokenizer(stored));
    }

    private OpenModel open(StoredModel stored, long step, WeightsFile weights, Tokenizer tokenizer) {
        Config config = stored.file().withBeginning(tokenizer.beginning(), tokenizer.inFront());
        if (stored.folding().isEmpty()) {
            return new OpenModel(stored, step, new Transformer(config, weights.weights(), products), tokenizer);
        }
        Folding.Folded folded = Folding.fold(config, weights.weights(), stored.folding());
        return new OpenModel(stored, step, new Transformer(folded.config(), folded.weights(), products), tokenizer);
    }

    private WeightsFile weights(StoredModel stored, long step) throws IOException {
        try (SeekableByteChannel channel = store.weights(stored.id(), step)) {
            return ModelFiles.readWeights(stored.file(), Safetensors.open(channel));
        }
    }

    private Tokenizer tokenizer(StoredModel stored) {
        String json = store.tokenizer(stored.id());
        return json == null
                ? new IdTokenizer(stored.config().dVocab())
                : HuggingFaceTokenizer.of(json, store.tokenizerConfig(stored.id()));
    }

    private static void warnAboutTokens(OpenModel model, List<String> warnings) {
        Config config = model.config();
        Tokenizer tokenizer = model.tokenizer();
        if (tokenizer.vocabularySize() > config.dVocab()) {
            warnings.add(String.format(
                    "tokenizer.json has %,d tokens and the model's vocabulary %,d: a text with a token beyond it is refused.",
                    tokenizer.vocabularySize(), config.dVocab()));
        }
        boolean noBeginning = config.prependBos() && config.beginning() == null;
        if (noBeginning && tokenizer instanceof HuggingFaceTokenizer) {
            warnings.add("default_prepend_bos is true, and neither the configuration nor the tokenizer names a"
                    + " beginning-of-sequence token of the vocabulary: no token is put in front of a text.");
        }
    }

    private static void warnAboutUnembedding(StoredModel model, WeightsFile weights, List<String> warnings) {
        if (!model.file().traits().tied()) {
            return;
        }
        weights.weights()
                .firstUntied()
                .ifPresent(token ->
                        warnings.add("tie_word_embeddings is true, and the file's unembed.W_U is not the transpose"
                                + " of its embed.W_E (first at token " + token
                                + "): each is used as it is in the file."));
    }
}
