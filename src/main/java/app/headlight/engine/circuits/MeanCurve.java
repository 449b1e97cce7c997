package app.headlight.engine.circuits;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The curves of circuits of several pairs of sentences, together ({@code docs/maths.md}, "Edges and circuits").
 *
 * @param pairs of how many pairs of sentences, without those whose two runs are alike
 * @param alike of how many pairs they are, so that nothing can be faithful to a difference
 * @param points by the number of edges, growing
 * @param area under the faithfulness, by the share of edges that is kept
 * @param distance between the faithfulness and 1, likewise
 */
public record MeanCurve(int pairs, int alike, List<Point> points, Spread area, Spread distance) {

    public MeanCurve {
        points = List.copyOf(points);
    }

    /** The circuits of so many edges: of each pair the faithfulness, and that of the circuit of all other edges. */
    public record Point(int kept, Spread faithfulness, Spread completeness) {}

    /** @param curves at the same numbers of edges, one at least */
    public static MeanCurve of(List<EdgeCurve> curves) {
        List<EdgeCurve> defined =
                curves.stream().filter(curve -> curve.area() != null).toList();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < curves.getFirst().points().size(); i++) {
            int index = i;
            points.add(new Point(
                    curves.getFirst().points().get(i).kept(),
                    spread(defined, curve -> curve.points().get(index).faithfulness()),
                    spread(defined, curve -> curve.points().get(index).completeness())));
        }
        return new MeanCurve(
                defined.size(),
                curves.size() - defined.size(),
                points,
                spread(defined, EdgeCurve::area),
                spread(defined, EdgeCurve::distance));
    }

    private static Spread spread(List<EdgeCurve> defined, Function<EdgeCurve, @Nullable Double> number) {
        return Spread.of(defined.stream().map(number).filter(Objects::nonNull).toList());
    }
}
