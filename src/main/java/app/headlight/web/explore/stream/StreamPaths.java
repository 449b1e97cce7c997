package app.headlight.web.explore.stream;

import app.headlight.engine.residual.LogitLens;
import app.headlight.engine.residual.Stage;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Forms;
import app.headlight.web.component.LayerLines;
import app.headlight.web.component.LogitLensTable;
import app.headlight.web.component.LogitLensTable.Cell;
import app.headlight.web.component.ResidualPaths;
import app.headlight.web.component.TokenStrip.Guess;
import app.headlight.web.explore.attention.HeadPanel;
import app.headlight.web.explore.shown.Axis;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.Selection;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.panels.Panel;
import app.headlight.web.python.StreamPython;
import app.headlight.web.view.StreamState;
import app.headlight.web.view.StreamState.Lens;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;

/** Where every token goes through the layers, what it would predict on its way, and how large the stream is. */
class StreamPaths extends Div implements Panel<Exploration> {

    private static final int GUESSES = 5;

    private final ResidualPaths paths;
    private final LogitLensTable lens;
    private final LayerLines norms;
    private final ComboBox<String> x;
    private final ComboBox<String> y;
    private final Span trouble;

    StreamPaths(StateChange change) {
        this(
                change,
                new ResidualPaths(),
                new LogitLensTable(),
                new LayerLines(),
                axis("across"),
                axis("up"),
                new Span());
    }

    private StreamPaths(
            StateChange change,
            ResidualPaths paths,
            LogitLensTable lens,
            LayerLines norms,
            ComboBox<String> x,
            ComboBox<String> y,
            Span trouble) {
        addClassNames("hl-tab", "hl-tab-stream");
        add(new Div(trouble, paths), lensAndNorms(lens, norms));
        this.paths = paths;
        this.lens = lens;
        this.norms = norms;
        paths.addControl(x);
        paths.addControl(y);
        this.x = x;
        this.y = y;
        this.trouble = trouble;
        trouble.addClassName("hl-trouble");
        listen(x, change, (stream, axis) -> stream.withAxes(axis, stream.y()));
        listen(y, change, (stream, axis) -> stream.withAxes(stream.x(), axis));
        paths.addTokenSelectListener(event -> change.to(state -> Selection.destination(state, event.index())));
        lens.addTokenSelectListener(event -> change.to(state -> Selection.destination(state, event.index())));
        lens.addQuantityChangeListener(event ->
                change.to(state -> state.withStream(state.stream().withLens(Choice.of(Lens.class, event.quantity())))));
    }

    @Override
    public void show(Exploration exploration) {
        StreamState stream = exploration.state().stream();
        List<String> axes = Axis.offered(exploration);
        Axis across = show(x, axes, stream.x(), exploration);
        Axis up = show(y, axes, stream.y(), exploration);
        trouble.setText(String.join(" ", across.trouble(), up.trouble()).strip());
        paths.show(List.of(exploration.sentenceKey(), stream.x(), stream.y()), () -> paths(exploration, across, up));
        paths.select(exploration.state().destination());
        lens.show(exploration.sentenceKey(), () -> lens(exploration));
        lens.select(exploration.state().destination());
        norms.show(exploration.sentenceKey(), () -> HeadPanel.norms(exploration));
        lens.setQuantity(Choice.name(stream.lens()));
        List<String> stages = exploration.stages();
        paths.setPython(exploration.python(run ->
                StreamPython.paths(run, across.direction(), up.direction(), across.title(), up.title(), stages)));
        norms.setPython(exploration.python(run -> StreamPython.norms(run, stages)));
        lens.setPython(exploration.python(
                run -> StreamPython.lens(run, Stage.parts(exploration.model().config()), likeliest(exploration))));
    }

    /** The labels of the likeliest tokens by their ids, as the lens of Python names them. */
    private static List<String> likeliest(Exploration exploration) {
        return measured(exploration).cells().stream()
                .flatMap(List::stream)
                .map(cell -> cell.top().getFirst().token())
                .distinct()
                .sorted()
                .map(token -> StreamPython.label(token, exploration.piece(token).label()))
                .toList();
    }

    private static Axis show(ComboBox<String> box, List<String> offered, String chosen, Exploration exploration) {
        List<String> items = new ArrayList<>(offered);
        if (!items.contains(chosen)) {
            items.addFirst(chosen);
        }
        if (!items.equals(box.getListDataView().getItems().toList())) {
            box.setItems(items);
        }
        box.setValue(chosen);
        return Axis.of(exploration, chosen);
    }

    private static ResidualPaths.Paths paths(Exploration exploration, Axis across, Axis up) {
        return new ResidualPaths.Paths(
                exploration.model().name() + " residual stream",
                across.title(),
                up.title(),
                exploration.model().config().nLayers(),
                exploration.labels(),
                Float32.base64(across.along()),
                Float32.base64(up.along()),
                exploration.stages());
    }

    private static LogitLensTable.Lens lens(Exploration exploration) {
        List<List<Cell>> cells = measured(exploration).cells().stream()
                .map(stage ->
                        stage.stream().map(cell -> cell(exploration, cell)).toList())
                .toList();
        return new LogitLensTable.Lens(
                exploration.model().name() + " logit lens",
                exploration.labels(),
                Stage.parts(exploration.model().config()).stream()
                        .map(Stage::name)
                        .toList(),
                cells);
    }

    private static LogitLens measured(Exploration exploration) {
        List<Stage> stages = Stage.parts(exploration.model().config());
        return exploration.ofRun(
                "logit lens",
                List.of(GUESSES),
                run -> LogitLens.of(exploration.model().transformer(), run, GUESSES, stages));
    }

    private static Cell cell(Exploration exploration, LogitLens.Cell cell) {
        List<Guess> top = exploration.guesses(cell.top());
        boolean last = cell.rank().isEmpty();
        return new Cell(top, last ? null : cell.rank().getAsInt(), cell.divergence(), last ? null : cell.probability());
    }

    private static ComboBox<String> axis(String label) {
        ComboBox<String> box = new ComboBox<>();
        Forms.sendsItself(box);
        box.setAriaLabel("Axis " + label);
        box.setPrefixComponent(new Span(label));
        box.setAllowCustomValue(true);
        box.setTooltipText("pc1, a token, “a − b” of two tokens, or a head's direction such as L1H2 writes");
        return box;
    }

    private static Component lensAndNorms(LogitLensTable lens, LayerLines norms) {
        Div column = new Div(lens, norms);
        column.addClassName("hl-lens-and-norms");
        return column;
    }

    private static void listen(ComboBox<String> box, StateChange change, AxisEdit edit) {
        box.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                change.to(state -> state.withStream(edit.apply(state.stream(), event.getValue())));
            }
        });
        box.addCustomValueSetListener(
                event -> change.to(state -> state.withStream(edit.apply(state.stream(), event.getDetail()))));
    }

    private interface AxisEdit {
        StreamState apply(StreamState stream, String axis);
    }
}
