package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Site.Kind;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** Applies edits at their sites, and shows the edited values to other hooks. */
final class Edits implements Hooks {

    private final Config config;
    private final List<Edit> edits;
    private final Hooks then;

    /**
     * @throws Refusal naming an edit whose site the model does not have, or two that change the same
     *     entry
     */
    Edits(Config config, List<Edit> edits, Hooks then) {
        this.config = config;
        this.edits = edits;
        this.then = then;
        for (int i = 0; i < edits.size(); i++) {
            edits.get(i).site().check(config);
            for (Edit earlier : edits.subList(0, i)) {
                if (!earlier.equals(edits.get(i)) && earlier.overlaps(edits.get(i))) {
                    throw new Refusal("two edits change the same entry: " + earlier + " and " + edits.get(i));
                }
            }
        }
    }

    @Override
    public boolean wants(Kind kind, int layer, int head) {
        return then.wants(kind, layer, head) || edits.stream().anyMatch(edit -> meets(edit, kind, layer, head));
    }

    /** Whether an edit applies to some of the values of a site. */
    private static boolean meets(Edit edit, Kind kind, int layer, int head) {
        Site site = edit.site();
        return site.kind() == kind && site.layer() == layer && (head < 0 || site.head() < 0 || site.head() == head);
    }

    @Override
    public boolean at(Site site, int sequence, FMatrixRMaj values) {
        boolean changed = false;
        for (Edit edit : edits) {
            if (meets(edit, site.kind(), site.layer(), site.head())) {
                boolean part = site.kind().isPacked() && edit.site().head() >= 0;
                int from = part ? edit.site().head() * config.dHead() : 0;
                apply(edit, new Columns(values, from, part ? from + config.dHead() : values.numCols));
                changed = true;
            }
        }
        // A result that is edited can no longer be computed from z.
        boolean result = changed && site.kind() == Kind.RESULT;
        if (result || then.wants(site.kind(), site.layer(), site.head())) {
            then.at(site, sequence, changed ? values.copy() : values);
        }
        return changed;
    }

    /** The columns of a matrix that belong to a site. */
    private record Columns(FMatrixRMaj values, int from, int to) {

        int width() {
            return to - from;
        }

        int index(int row, int column) {
            return row * values.numCols + from + column;
        }
    }

    private static void apply(Edit edit, Columns columns) {
        switch (edit) {
            case Edit.Cut cut -> cut(cut, columns.values());
            case Edit.Put put -> {
                if (isIn(columns.values(), put.destination(), put.source())) {
                    columns.values().set(put.destination(), put.source(), put.value());
                }
            }
            default -> applyToRows(edit, columns);
        }
    }

    private static void applyToRows(Edit edit, Columns columns) {
        checkWidth(edit, columns);
        double[] mean = edit instanceof Edit.Mean ? mean(columns) : new double[0];
        float[] data = columns.values().data;
        for (int t = 0; t < columns.values().numRows; t++) {
            double along = edit instanceof Edit.Remove remove ? along(remove, columns, t) : 0;
            for (int i = 0; edit.at().includes(t) && i < columns.width(); i++) {
                int at = columns.index(t, i);
                data[at] = switch (edit) {
                    case Edit.Zero zero -> 0;
                    case Edit.Mean toMean -> (float) mean[i];
                    case Edit.Patch patch -> patch.values().get(t, i);
                    case Edit.Add add -> data[at] + add.vector().get(i);
                    case Edit.Remove remove ->
                        (float) (data[at] - along * remove.direction().get(i));
                    case Edit.Scale scale -> data[at] * scale.by();
                    case Edit.Put put -> data[at];
                    case Edit.Cut cut -> data[at];
                };
            }
        }
    }

    private static void checkWidth(Edit edit, Columns columns) {
        int width = switch (edit) {
            case Edit.Add add -> add.vector().size();
            case Edit.Remove remove -> remove.direction().size();
            case Edit.Patch patch -> patch.values().columns();
            default -> columns.width();
        };
        int rows = edit instanceof Edit.Patch patch ? patch.values().rows() : columns.values().numRows;
        if (width != columns.width() || rows != columns.values().numRows) {
            throw new Refusal(edit.site() + " is [" + columns.values().numRows + ", " + columns.width()
                    + "]; the edit gives [" + rows + ", " + width + "]");
        }
    }

    private static double[] mean(Columns columns) {
        int rows = columns.values().numRows;
        double[] mean = new double[columns.width()];
        for (int t = 0; t < rows; t++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += (double) columns.values().data[columns.index(t, i)] / rows;
            }
        }
        return mean;
    }

    /** x · d / |d|². */
    private static double along(Edit.Remove remove, Columns columns, int t) {
        double product = 0;
        double square = 0;
        for (int i = 0; i < columns.width(); i++) {
            double d = remove.direction().get(i);
            product += columns.values().data[columns.index(t, i)] * d;
            square += d * d;
        }
        return product / square;
    }

    private static void cut(Edit.Cut cut, FMatrixRMaj pattern) {
        if (!isIn(pattern, cut.destination(), cut.source())) {
            return;
        }
        pattern.set(cut.destination(), cut.source(), 0);
        if (!cut.renormalise()) {
            return;
        }
        double sum = 0;
        for (int s = 0; s < pattern.numCols; s++) {
            sum += pattern.get(cut.destination(), s);
        }
        if (sum <= 0) {
            throw new Refusal("row " + cut.destination() + " of the pattern of " + cut.head()
                    + " has no weight left to be made whole with");
        }
        for (int s = 0; s < pattern.numCols; s++) {
            pattern.set(cut.destination(), s, (float) (pattern.get(cut.destination(), s) / sum));
        }
    }

    private static boolean isIn(FMatrixRMaj square, int destination, int source) {
        return destination < square.numRows && source < square.numCols;
    }
}
