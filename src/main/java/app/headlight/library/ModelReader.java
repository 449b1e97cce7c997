package app.headlight.library;

import app.headlight.formats.ModelFiles;
import app.headlight.formats.Safetensors;
import app.headlight.tensor.MatrixProducts;
import app.headlight.text.HuggingFaceTokenizer;
import app.headlight.text.IdTokenizer;
import app.headlight.text.Tokenizer;
import app.headlight.transformer.Transformer;
import app.headlight.transformer.Weights;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.springframework.stereotype.Component;

/** Makes a model that can be run out of its stored bytes. */
@Component
class ModelReader {

    private final ModelStore store;
    private final MatrixProducts products;

    ModelReader(ModelStore store, MatrixProducts products) {
        this.store = store;
        this.products = products;
    }

    /** Reads everything and keeps nothing: throws with the reason where the model is no good. */
    void check(StoredModel model) throws IOException {
        for (long step : store.checkpoints(model.id())) {
            weights(model, step);
        }
        read(model, OpenModel.FINISHED).tokenizer().close();
    }

    OpenModel read(StoredModel stored, long step) throws IOException {
        Transformer transformer = new Transformer(stored.config(), weights(stored, step), products);
        return new OpenModel(stored, step, transformer, tokenizer(stored));
    }

    private Weights weights(StoredModel stored, long step) throws IOException {
        try (SeekableByteChannel channel = store.weights(stored.id(), step)) {
            return ModelFiles.readWeights(stored.config(), Safetensors.open(channel));
        }
    }

    private Tokenizer tokenizer(StoredModel stored) {
        String json = store.tokenizer(stored.id());
        int vocabulary = stored.config().dVocab();
        Tokenizer tokenizer = json == null ? new IdTokenizer(vocabulary) : HuggingFaceTokenizer.of(json);
        if (tokenizer.vocabularySize() > vocabulary) {
            throw new IllegalArgumentException("tokenizer.json has " + tokenizer.vocabularySize()
                    + " tokens; the model's vocabulary has " + vocabulary);
        }
        return tokenizer;
    }
}
