package app.headlight.engine.circuits.modular;

import app.headlight.engine.transformer.Hooks;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import org.ejml.data.FMatrixRMaj;

/**
 * What a model does with every pair of numbers.
 *
 * @param logits after “a b =”, at a p + b, [p²][V]
 * @param activations of the neurons of the last layer at “=”, by neuron, [M][p²]
 */
record Pairs(int p, float[][] logits, float[][] activations) {

    static Pairs of(Transformer model, Progress progress) {
        int p = model.config().dVocab() - 1;
        int layer = model.config().nLayers() - 1;
        float[][] logits = new float[p * p][];
        float[][] activations = new float[model.config().mlp().dMlp()][p * p];
        for (int a = 0; a < p; a++) {
            int first = a * p;
            int[][] sentences = new int[p][];
            for (int b = 0; b < p; b++) {
                sentences[b] = new int[] {a, b, p};
            }
            FMatrixRMaj[] streams = model.streams(sentences, new Hooks() {
                @Override
                public boolean wants(Kind kind, int at, int head) {
                    return kind == Kind.MLP_POST && at == layer;
                }

                @Override
                public boolean at(Site site, int sequence, FMatrixRMaj values) {
                    for (int n = 0; n < values.numCols; n++) {
                        activations[n][first + sequence] = values.get(values.numRows - 1, n);
                    }
                    return false;
                }
            });
            FMatrixRMaj last = new FMatrixRMaj(p, model.config().dModel());
            for (int b = 0; b < p; b++) {
                System.arraycopy(streams[b].data, 2 * last.numCols, last.data, b * last.numCols, last.numCols);
            }
            FMatrixRMaj of = model.unembed(model.normalised(last));
            for (int b = 0; b < p; b++) {
                logits[first + b] = new float[of.numCols];
                System.arraycopy(of.data, b * of.numCols, logits[first + b], 0, of.numCols);
            }
            progress.report(a + 1, 2L * p);
        }
        return new Pairs(p, logits, activations);
    }

    /** The share of the pairs whose likeliest token is their sum. */
    double right() {
        int right = 0;
        for (int pair = 0; pair < logits.length; pair++) {
            int best = 0;
            for (int c = 1; c < logits[pair].length; c++) {
                best = logits[pair][c] > logits[pair][best] ? c : best;
            }
            right += best == (pair / p + pair % p) % p ? 1 : 0;
        }
        return (double) right / logits.length;
    }

    double loss() {
        return loss(p, logits);
    }

    /** The mean loss of logits, [p²][at least p], in nats. */
    static double loss(int p, float[][] logits) {
        double sum = 0;
        for (int pair = 0; pair < logits.length; pair++) {
            double most = Double.NEGATIVE_INFINITY;
            for (float logit : logits[pair]) {
                most = Math.max(most, logit);
            }
            double exponentials = 0;
            for (float logit : logits[pair]) {
                exponentials += Math.exp(logit - most);
            }
            sum += most + Math.log(exponentials) - logits[pair][(pair / p + pair % p) % p];
        }
        return sum / logits.length;
    }
}
