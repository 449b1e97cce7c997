package app.headlight.web.search;

import app.headlight.engine.circuits.MeanCurve;
import app.headlight.engine.circuits.MeanCurve.Point;
import app.headlight.engine.circuits.Spread;
import app.headlight.services.search.SearchResult;
import app.headlight.services.search.SearchResult.Half;
import app.headlight.web.component.EdgeCurves;
import app.headlight.web.component.EdgeCurves.Line;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.FigureTable.Column;
import app.headlight.web.component.FigureTable.Kind;
import app.headlight.web.panels.Panel;
import app.headlight.web.search.SearchState.Way;
import app.headlight.web.words.Figures;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The panel of the curves: how much circuits of more and more edges keep, by method, and the areas below. */
class CurvesPanel extends Div implements Panel<Search> {

    private static final Map<Way, Integer> COLOURS = Map.of(Way.EXACT, 1, Way.EAP, 2, Way.EAP_IG, 3, Way.ACDC, 4);

    private final EdgeCurves faithfulness = new EdgeCurves();
    private final EdgeCurves completeness = new EdgeCurves();
    private final FigureTable areas = new FigureTable();

    CurvesPanel(SearchDesk desk) {
        addClassNames("hl-panel", "hl-search-curves");
        setId("curves");
        faithfulness.setId("faithfulness");
        completeness.setId("completeness");
        areas.setId("areas");
        faithfulness.addKeptListener(event -> desk.keep(event.kept()));
        completeness.addKeptListener(event -> desk.keep(event.kept()));
        Div curves = new Div(faithfulness, completeness);
        curves.addClassName("hl-search-pair");
        add(new H2("How much the circuits keep"), curves, areas);
    }

    @Override
    public void show(Search search) {
        faithfulness.show(search.key(), () -> curves(search, "Faithfulness: of the circuit", Point::faithfulness));
        completeness.show(
                search.key(), () -> curves(search, "Completeness: of all that is left out", Point::completeness));
        faithfulness.setKept(search.kept());
        completeness.setKept(search.kept());
        areas.show(search.key(), () -> areas(search));
    }

    private static EdgeCurves.Curves curves(Search search, String title, Function<Point, Spread> quantity) {
        List<Line> lines = new ArrayList<>();
        boolean held = search.results().random().heldOut() != null;
        List<Integer> kept = kept(search);
        search.found().forEach((way, result) -> {
            Half found = result.found();
            if (result.heldOut() != null) {
                lines.add(line(
                        way.label() + ", held out",
                        COLOURS.get(way),
                        false,
                        result.heldOut().strongest(),
                        kept,
                        quantity));
            }
            lines.add(line(
                    way.label() + (held ? ", where found" : ""),
                    COLOURS.get(way),
                    held,
                    found.strongest(),
                    kept,
                    quantity));
        });
        SearchResult random = search.results().random();
        lines.add(line(
                "at random",
                0,
                false,
                (random.heldOut() == null ? random.found() : random.heldOut()).strongest(),
                kept,
                quantity));
        return new EdgeCurves.Curves(
                search.model().name() + " circuits "
                        + title.substring(0, title.indexOf(':')).toLowerCase(Locale.ROOT),
                title,
                kept,
                search.edges(),
                lines);
    }

    /** The numbers of edges that all curves have. */
    private static List<Integer> kept(Search search) {
        return search.results().random().found().strongest().points().stream()
                .map(Point::kept)
                .toList();
    }

    private static Line line(
            String label,
            int colour,
            boolean dashed,
            MeanCurve curve,
            List<Integer> kept,
            Function<Point, Spread> quantity) {
        List<Spread> spreads = curve.points().stream()
                .filter(point -> kept.contains(point.kept()))
                .map(quantity)
                .toList();
        return new Line(
                label,
                colour,
                dashed,
                spreads.stream().map(spread -> orNull(spread.mean())).toList(),
                spreads.stream().map(spread -> orNull(spread.deviation())).toList());
    }

    private static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static FigureTable.Figures areas(Search search) {
        List<FigureTable.Row> rows = new ArrayList<>();
        search.found().forEach((way, result) -> rows.add(row(way.label(), result)));
        rows.add(row("at random", search.results().random()));
        return new FigureTable.Figures(
                search.model().name() + " areas of the curves",
                List.of(
                        new Column("method", Kind.TEXT, ""),
                        new Column(
                                "CPR, held out",
                                Kind.TEXT,
                                "The area under the faithfulness by the share of edges that is kept, those first whose"
                                        + " patch takes most away; the higher the better. Mean and standard deviation of"
                                        + " one pair"),
                        new Column("where found", Kind.TEXT, "The same on the pairs where the circuits were found"),
                        new Column(
                                "CMD, held out",
                                Kind.TEXT,
                                "The area between the faithfulness and 1, the edges of the largest effects first; the"
                                        + " lower the better. Mean and standard deviation of one pair"),
                        new Column("where found ", Kind.TEXT, "The same on the pairs where the circuits were found")),
                rows,
                "CPR and CMD as the Mechanistic Interpretability Benchmark defines them; mean over the pairs.",
                "");
    }

    private static FigureTable.Row row(String name, SearchResult result) {
        Half found = result.found();
        Half heldOut = result.heldOut();
        return new FigureTable.Row(
                name.replace(' ', '\u00a0'),
                List.of(
                        name.replace(' ', '\u00a0'),
                        heldOut == null ? "" : figure(heldOut.supporting().area()),
                        figure(found.supporting().area()),
                        heldOut == null ? "" : figure(heldOut.strongest().distance()),
                        figure(found.strongest().distance())),
                null);
    }

    private static String figure(Spread spread) {
        return Double.isNaN(spread.mean())
                ? "not defined"
                : Figures.fixed(spread.mean(), 2)
                        + (Double.isNaN(spread.deviation())
                                ? ""
                                : "\u00a0±\u00a0" + Figures.fixed(spread.deviation(), 2));
    }
}
