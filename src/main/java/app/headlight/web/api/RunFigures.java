package app.headlight.web.api;

import app.headlight.engine.circuits.ValueWeighting;
import app.headlight.engine.residual.LogitLens;
import app.headlight.engine.residual.Pca;
import app.headlight.engine.residual.StreamNorms;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is computed from a run for its answer.
 *
 * @param lens with the {@value #TOP} likeliest tokens
 * @param pca with up to {@value #TOP} components
 * @param lastRows of each head the last row of its value-weighted pattern, [T]
 */
record RunFigures(LogitLens lens, StreamNorms norms, Pca pca, Map<HeadId, Vector> lastRows) {

    static final int TOP = 5;

    RunFigures {
        lastRows = Collections.unmodifiableMap(new LinkedHashMap<>(lastRows));
    }

    static RunFigures of(Transformer model, Run run) {
        Map<HeadId, Vector> lastRows = new LinkedHashMap<>();
        for (HeadId head : model.heads()) {
            lastRows.put(
                    head,
                    Vector.of(ValueWeighting.of(model, run, head).pattern().row(run.length() - 1)));
        }
        return new RunFigures(LogitLens.of(model, run, TOP), StreamNorms.of(run), Pca.of(run, TOP), lastRows);
    }
}
