package app.headlight.web.explore;

import app.headlight.engine.tensor.TopK;
import app.headlight.engine.text.Tokenizer;
import app.headlight.engine.transformer.Run;
import app.headlight.web.component.TokenStrip.Guess;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model expects after one position.
 *
 * @param logits the row of logits there, [V]
 * @param logSum log of the sum of their exponentials
 */
record Prediction(float[] logits, double logSum) {

    static Prediction at(Run run, int position) {
        int vocabulary = run.logits().numCols;
        float[] row = new float[vocabulary];
        System.arraycopy(run.logits().data, position * vocabulary, row, 0, vocabulary);
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : row) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (float logit : row) {
            sum += Math.exp(logit - most);
        }
        return new Prediction(row, most + Math.log(sum));
    }

    double probability(int token) {
        return Math.exp(logits[token] - logSum);
    }

    /** 1 for the token that the model holds likeliest. */
    int rankOf(int token) {
        int rank = 1;
        for (float logit : logits) {
            if (logit > logits[token]) {
                rank++;
            }
        }
        return rank;
    }

    List<Guess> best(int count, Tokenizer tokenizer) {
        List<Guess> guesses = new ArrayList<>();
        for (TopK.Entry best : TopK.largest(logits, count)) {
            int token = best.index();
            guesses.add(new Guess(token, tokenizer.piece(token).label(), probability(token)));
        }
        return guesses;
    }
}
