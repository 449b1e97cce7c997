package app.headlight.bench;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.LayerWeights;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;

/** A model's size and the number of tokens, T, that it is run on. */
public enum ModelSize {
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
        Config config = new Config(
                layers, d, heads, dHead(), vocabulary, length, Positions.STANDARD, Norm.NONE, 1e-5, false, null);
        List<LayerWeights> each = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            each.add(new LayerWeights(
                    matrix(random, d, d),
                    matrix(random, d, d),
                    matrix(random, d, d),
                    matrix(random, d, d),
                    new float[d],
                    new float[d],
                    new float[d],
                    new float[d]));
        }
        Weights weights = new Weights(
                matrix(random, vocabulary, d),
                matrix(random, length, d),
                each,
                matrix(random, d, vocabulary),
                new float[vocabulary]);
        return new Transformer(config, weights, products);
    }

    int[] tokens() {
        return new Random(2).ints(length, 0, vocabulary).toArray();
    }

    private FMatrixRMaj matrix(Random random, int rows, int columns) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        float scale = (float) (1 / Math.sqrt(dModel));
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) (random.nextGaussian() * scale);
        }
        return matrix;
    }
}
