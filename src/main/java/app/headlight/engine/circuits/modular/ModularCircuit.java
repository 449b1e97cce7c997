package app.headlight.engine.circuits.modular;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * How a model that was trained on modular addition computes it: which frequencies its embedding, its neurons and its
 * logits have (Nanda et al. 2023, sections 4.1 to 4.3). It reads “a b =” for two numbers below p; tokens are the numbers
 * and then “=”.
 *
 * @param p the modulus
 * @param right the share of all pairs whose likeliest token is (a + b) mod p
 * @param loss of all pairs, in nats
 * @param embedding the norm of W_E along the orthonormal cosine and sine of each frequency: [2][(p − 1) / 2]
 * @param neurons by neuron of the last layer: what is known of its activation at “=”
 * @param logits the share of the logits' variance, centred over c, along cos(2π k (a + b − c) / p), by frequency k − 1
 * @param key the frequencies whose share of the logits is at least {@value #KEY}, the largest first
 * @param keyLoss the loss of logits that have only those waves of these frequencies
 */
public record ModularCircuit(
        int p,
        double right,
        double loss,
        double[][] embedding,
        List<Neuron> neurons,
        double[] logits,
        List<Integer> key,
        double keyLoss) {

    /** The least share of the logits' variance that makes a frequency one of the circuit's. */
    public static final double KEY = 0.02;

    private static final int LARGEST = 256;
    private static final int CONTEXT = 3;

    /**
     * One neuron of the last layer.
     *
     * @param frequency the one that explains most of its activation; 0 where the neuron never changes
     * @param share how much of the variance that is
     * @param activations at “=”, of a and b at a p + b, [p²]
     */
    public record Neuron(int index, int frequency, double share, float[] activations) {}

    /** Copies the lists. */
    public ModularCircuit {
        neurons = List.copyOf(neurons);
        key = List.copyOf(key);
    }

    /** Whether a model could have been trained on modular addition: it reads three tokens, and there is a prime and “=”. */
    public static boolean fits(Config config) {
        int p = config.dVocab() - 1;
        return config.nCtx() == CONTEXT && config.mlp() != null && p > 2 && p <= LARGEST && isPrime(p);
    }

    private static boolean isPrime(int number) {
        return IntStream.rangeClosed(2, (int) Math.sqrt(number)).noneMatch(divisor -> number % divisor == 0);
    }

    /**
     * Computes it from all p² pairs.
     *
     * @param progress told how far it is
     * @throws Refusal if the model cannot have been trained on modular addition
     */
    public static ModularCircuit of(Transformer model, Progress progress) {
        if (!fits(model.config())) {
            throw new Refusal("the model has a context of " + model.config().nCtx() + " and "
                    + model.config().dVocab()
                    + " tokens; expected one of modular addition, with a context of 3, MLPs, and"
                    + " a prime number of tokens and one more");
        }
        int p = model.config().dVocab() - 1;
        Pairs pairs = Pairs.of(model, progress);
        Frequencies frequencies = new Frequencies(p);
        double[][] waves = frequencies.waves();
        Waves logits = new Waves(frequencies, pairs.logits());
        double[] shares = logits.shares();
        List<Integer> key = IntStream.rangeClosed(1, shares.length)
                .filter(k -> shares[k - 1] >= KEY)
                .boxed()
                .sorted((a, b) -> Double.compare(shares[b - 1], shares[a - 1]))
                .toList();
        return new ModularCircuit(
                p,
                pairs.right(),
                pairs.loss(),
                embedding(model, frequencies, waves),
                neurons(frequencies, waves, pairs.activations(), progress),
                shares,
                key,
                Pairs.loss(p, logits.only(key)));
    }

    private static double[][] embedding(Transformer model, Frequencies frequencies, double[][] waves) {
        FMatrixRMaj wE = model.weights().wE();
        double[][] norms = new double[2][frequencies.count()];
        for (int wave = 0; wave < waves.length; wave++) {
            double squares = 0;
            for (int d = 0; d < wE.numCols; d++) {
                double sum = 0;
                for (int a = 0; a < frequencies.p(); a++) {
                    sum += waves[wave][a] * wE.get(a, d);
                }
                squares += sum * sum / (frequencies.p() / 2.0);
            }
            norms[wave % 2][wave / 2] = Math.sqrt(squares);
        }
        return norms;
    }

    private static List<Neuron> neurons(
            Frequencies frequencies, double[][] waves, float[][] activations, Progress progress) {
        Neuron[] neurons = new Neuron[activations.length];
        for (int n = 0; n < neurons.length; n++) {
            float[] of = activations[n];
            double[] values = new double[of.length];
            Arrays.setAll(values, i -> of[i]);
            double[] shares = frequencies.shares(values, waves);
            int best = 0;
            for (int k = 1; k < shares.length; k++) {
                best = shares[k] > shares[best] ? k : best;
            }
            neurons[n] = new Neuron(n, shares[best] == 0 ? 0 : best + 1, shares[best], of);
            progress.report(neurons.length + n + 1, 2L * neurons.length);
        }
        return List.of(neurons);
    }
}
