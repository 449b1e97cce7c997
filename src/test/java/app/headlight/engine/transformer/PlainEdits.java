package app.headlight.engine.transformer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Edits of a {@link PlainTransformer}, and so much added to one number of a site. */
record PlainEdits(List<Edit> edits, @Nullable Nudge nudge) {

    record Nudge(Site site, int row, int column, double by) {}

    void at(Site site, double[][] values) {
        if (nudge != null && nudge.site.equals(site)) {
            values[nudge.row][nudge.column] += nudge.by;
        }
        for (Edit edit : edits) {
            if (edit.site().equals(site)) {
                switch (edit) {
                    case Edit.Cut cut -> cut(cut, values);
                    case Edit.Put put -> values[put.destination()][put.source()] = put.value();
                    default -> rows(edit, values);
                }
            }
        }
    }

    private static void cut(Edit.Cut cut, double[][] pattern) {
        double[] row = pattern[cut.destination()];
        double left = 1 - row[cut.source()];
        row[cut.source()] = 0;
        for (int s = 0; cut.renormalise() && s < row.length; s++) {
            row[s] /= left;
        }
    }

    private static void rows(Edit edit, double[][] values) {
        double[] mean = new double[values[0].length];
        for (double[] row : values) {
            for (int i = 0; i < row.length; i++) {
                mean[i] += row[i] / values.length;
            }
        }
        List<Integer> positions = edit.at().positions();
        for (int t = 0; t < values.length; t++) {
            if (positions == null || positions.contains(t)) {
                row(edit, values[t], t, mean);
            }
        }
    }

    private static void row(Edit edit, double[] row, int t, double[] mean) {
        double along = 0;
        double square = 0;
        for (int i = 0; edit instanceof Edit.Remove remove && i < row.length; i++) {
            along += row[i] * remove.direction().get(i);
            square += remove.direction().get(i) * remove.direction().get(i);
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = switch (edit) {
                case Edit.Zero zero -> 0;
                case Edit.Mean toMean -> mean[i];
                case Edit.Patch patch -> patch.values().get(t, i);
                case Edit.Add add -> row[i] + add.vector().get(i);
                case Edit.Remove remove ->
                    row[i] - along / square * remove.direction().get(i);
                case Edit.Scale scale -> row[i] * scale.by();
                case Edit.Put put -> throw new IllegalStateException();
                case Edit.Cut cut -> throw new IllegalStateException();
            };
        }
    }
}
