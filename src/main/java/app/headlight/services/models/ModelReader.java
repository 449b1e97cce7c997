package app.headlight.services.models;

import app.headlight.engine.formats.Folding;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.formats.WeightsDifference;
import app.headlight.engine.formats.WeightsFile;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.text.HuggingFaceTokenizer;
import app.headlight.engine.text.IdTokenizer;
import app.headlight.engine.text.Tokenizer;
import app.headlight.engine.training.TextFigures;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.Bounds;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Transformer;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Makes a model that can run from its stored files. */
@Component
class ModelReader {

    private final ModelStore store;
    private final FolderWeights large;
    private final MatrixProducts products;

    ModelReader(ModelStore store, FolderWeights large, MatrixProducts products) {
        this.store = store;
        this.large = large;
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
        checkRecords(model);
        Map<Long, WeightsFile> last = Map.of();
        for (long step : store.checkpoints(model.id())) {
            last = Map.of(step, weights(model, step, last));
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

    private void checkRecords(StoredModel model) {
        String training = store.training(model.id());
        try {
            if (training != null && TrainingLog.of(training).recipe() == null) {
                throw new Refusal("it has no recipe");
            }
        } catch (Refusal unreadable) {
            throw new Refusal(ModelSource.TRAINING + ": " + unreadable.getMessage(), unreadable);
        }
        String figures = store.textFigures(model.id());
        if (figures != null) {
            TextFigures.of(figures);
        }
    }

    /** Whether this server has the weights of a model. */
    boolean has(StoredModel model) {
        return !model.inFolder() || large.has(model);
    }

    OpenModel read(StoredModel stored, long step) throws IOException {
        // Both take long where the vocabulary is large, so they are read side by side.
        CompletableFuture<Tokenizer> tokenizer = CompletableFuture.supplyAsync(
                tokenizerOf(stored), work -> Thread.ofPlatform().daemon().start(work));
        try {
            return open(stored, step, weights(stored, step), tokenizer.join());
        } catch (CompletionException unreadable) {
            throw unreadable.getCause() instanceof RuntimeException cause ? cause : unreadable;
        } catch (IOException | RuntimeException unreadable) {
            tokenizer.thenAccept(Tokenizer::close);
            throw unreadable;
        }
    }

    private OpenModel open(StoredModel stored, long step, WeightsFile weights, Tokenizer tokenizer) {
        Config config = stored.file().withBeginning(tokenizer.beginning(), tokenizer.inFront());
        if (stored.folding().isEmpty()) {
            return new OpenModel(stored, step, new Transformer(config, weights.weights(), products), tokenizer);
        }
        Folding.Folded folded = Folding.fold(config, weights.weights(), stored.folding());
        return new OpenModel(stored, step, new Transformer(folded.config(), folded.weights(), products), tokenizer);
    }

    /** The safetensors file of a model's weights, of shards as one. */
    SeekableByteChannel file(StoredModel stored, long step) throws IOException {
        return stored.inFolder() ? large.open(stored, step) : store.weights(stored.id(), step);
    }

    private WeightsFile weights(StoredModel stored, long step) throws IOException {
        return weights(stored, step, Map.of());
    }

    /**
     * The weights of a step, which may be kept as a difference from an earlier one.
     *
     * @param known weights of other steps that have been read already
     */
    private WeightsFile weights(StoredModel stored, long step, Map<Long, WeightsFile> known) throws IOException {
        try (SeekableByteChannel channel = file(stored, step)) {
            Safetensors file = Safetensors.open(channel);
            OptionalLong since = WeightsDifference.since(file);
            if (since.isEmpty()) {
                return ModelFiles.readWeights(stored.file(), file);
            }
            long earlier = since.getAsLong();
            if (step == OpenModel.FINISHED || earlier >= step) {
                throw new Refusal("the weights of step " + step + " are a difference from those of step " + earlier);
            }
            WeightsFile before = known.containsKey(earlier) ? known.get(earlier) : weights(stored, earlier, known);
            return new WeightsFile(WeightsDifference.read(stored.config(), before.weights(), file), before.warnings());
        }
    }

    private Tokenizer tokenizer(StoredModel stored) {
        return tokenizerOf(stored).get();
    }

    private Supplier<Tokenizer> tokenizerOf(StoredModel stored) {
        String json = store.tokenizer(stored.id());
        String config = store.tokenizerConfig(stored.id());
        return () -> json == null ? new IdTokenizer(stored.config().dVocab()) : HuggingFaceTokenizer.of(json, config);
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
