package app.headlight.web.explore.shown;

import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.Float32;
import app.headlight.web.view.ViewState;
import java.util.Arrays;
import java.util.List;

/** Heatmaps with a row a head, layer by layer, and a column a position. */
public final class HeadRows {

    private HeadRows() {}

    /**
     * One head by itself, which attends from the selected destination to a source.
     *
     * @param heads the rows
     * @param source −1: the one that it attends to most
     */
    public static ViewState pick(ViewState state, List<HeadId> heads, int row, int source) {
        return row >= heads.size()
                ? state
                : state.withHeads(List.of(heads.get(row)))
                        .withLine(state.destination(), source < 0 ? ViewState.UNSET : source);
    }

    /** Only the first column has a figure. */
    public static double[] first(double value, int columns) {
        double[] row = new double[columns];
        Arrays.fill(row, Double.NaN);
        row[0] = value;
        return row;
    }

    /** Rows of equal length as float32. */
    public static String base64(List<double[]> rows) {
        return Float32.base64(rows.toArray(double[][]::new));
    }
}
