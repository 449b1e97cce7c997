package app.headlight.engine.residual;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** Finds the tokens whose vectors are nearest to a token's: by cosine, the nearest first, without the token itself. */
public final class Neighbours {

    /**
     * A token near another.
     *
     * @param token its id
     * @param cosine of the angle between the two, in [-1, 1]; 0 where one of them is all zeros
     */
    public record Neighbour(int token, double cosine) {}

    private Neighbours() {}

    /**
     * The {@code k} nearest by what the model reads: rows of W_E.
     *
     * @throws Refusal naming a token that does not exist
     */
    public static List<Neighbour> inEmbedding(Transformer model, int token, int k) {
        FMatrixRMaj wE = model.weights().wE();
        check(token, wE.numRows);
        double[] dots = new double[wE.numRows];
        double[] squares = new double[wE.numRows];
        for (int v = 0; v < wE.numRows; v++) {
            int row = v * wE.numCols;
            int own = token * wE.numCols;
            for (int d = 0; d < wE.numCols; d++) {
                double x = wE.data[row + d];
                dots[v] += x * wE.data[own + d];
                squares[v] += x * x;
            }
        }
        return nearest(dots, squares, token, k);
    }

    /**
     * The {@code k} nearest by what the model predicts: columns of W_U.
     *
     * @throws Refusal naming a token that does not exist
     */
    public static List<Neighbour> inUnembedding(Transformer model, int token, int k) {
        FMatrixRMaj wU = model.weights().wU();
        check(token, wU.numCols);
        double[] dots = new double[wU.numCols];
        double[] squares = new double[wU.numCols];
        for (int d = 0; d < wU.numRows; d++) {
            int row = d * wU.numCols;
            double own = wU.data[row + token];
            for (int v = 0; v < wU.numCols; v++) {
                double x = wU.data[row + v];
                dots[v] += x * own;
                squares[v] += x * x;
            }
        }
        return nearest(dots, squares, token, k);
    }

    private static List<Neighbour> nearest(double[] dots, double[] squares, int token, int k) {
        List<Neighbour> all = new ArrayList<>(dots.length);
        for (int v = 0; v < dots.length; v++) {
            double lengths = Math.sqrt(squares[v]) * Math.sqrt(squares[token]);
            if (v != token) {
                all.add(new Neighbour(v, lengths == 0 ? 0 : dots[v] / lengths));
            }
        }
        all.sort((a, b) -> Double.compare(b.cosine(), a.cosine()));
        return List.copyOf(all.subList(0, Math.min(k, all.size())));
    }

    static void check(int token, int size) {
        if (token < 0 || token >= size) {
            throw new Refusal("token " + token + " does not exist; expected 0 to " + (size - 1));
        }
    }
}
