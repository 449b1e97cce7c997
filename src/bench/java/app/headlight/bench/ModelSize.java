package app.headlight.bench;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.Random;

/** A model's size and the number of tokens, T, that it is run on. */
public enum ModelSize {
    STORYBOOK_T32(2, 4, 128, 2048, 32),
    TWO_LAYERS_T64(2, 8, 256, 4096, 64),
    TWO_LAYERS_T256(2, 8, 256, 4096, 256),
    GPT2_SIZE_T128(12, 12, 768, 50257, 128),
    WIDE_12_LAYERS(12, 12, 768, 4096, 128);

    final int layers;
    final int heads;
    final int dModel;
    final int vocabulary;
    final int length;

    ModelSize(int layers, int heads, int dModel, int vocabulary, int length) {
        this.layers = layers;
        this.heads = heads;
        this.dModel = dModel;
        this.vocabulary = vocabulary;
        this.length = length;
    }

    int dHead() {
        return dModel / heads;
    }

    /** Without norm, which costs a model with one some more rows to read. */
    Transformer model(MatrixProducts products) {
        Random random = new Random(1);
        int d = dModel;
        Config config = Config.builder().sizes(layers, d, heads, dHead(), vocabulary, length).build();
        Weights weights = Weights.zeros(config);
        float scale = (float) (1 / Math.sqrt(dModel));
        for (float[] matrix : weights.matrices()) {
            for (int i = 0; i < matrix.length; i++) {
                matrix[i] = (float) (random.nextGaussian() * scale);
            }
        }
        return new Transformer(config, weights, products);
    }

    int[] tokens() {
        return new Random(2).ints(length, 0, vocabulary).toArray();
    }
}
