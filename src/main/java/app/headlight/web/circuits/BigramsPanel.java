package app.headlight.web.circuits;

import app.headlight.engine.circuits.Bigrams;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.training.TextFigures;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.FigureTable.Column;
import app.headlight.web.component.FigureTable.Kind;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Term;
import app.headlight.web.panels.Panel;
import app.headlight.web.python.TokensPython;
import app.headlight.web.words.Quantity;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The panel of the direct path W_E W_U: what it predicts next, beside what comes next in the training text. */
class BigramsPanel extends Div implements Panel<Inspection> {

    private static final int SHOWN = 16;

    private final H2 title = new H2();
    private final TextField find = new TextField();
    private final FigureTable table = new FigureTable();

    BigramsPanel(CircuitsDesk desk) {
        Consumer<UnaryOperator<CircuitsState>> change = desk.change();
        addClassName("hl-panel");
        setId("bigrams");
        find.setPlaceholder("after which token?");
        find.setAriaLabel("The token whose next ones are listed");
        find.setClearButtonVisible(true);
        find.setValueChangeMode(ValueChangeMode.LAZY);
        Forms.sendsEachKey(find);
        find.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(state -> state.with(CircuitsState.FIND, event.getValue()));
            }
        });
        table.addControl(find);
        table.addRowSelectListener(event -> change.accept(state -> state.with(CircuitsState.FIND, event.id())));
        add(title, table);
    }

    /** The tokens of a typed text, with a space written as a space or as “·”; none if it cannot be read. */
    static int[] tokens(Inspection inspection, String typed) {
        try {
            return inspection.model().encode(typed.replace('·', ' '));
        } catch (Refusal unreadable) {
            return new int[0];
        }
    }

    @Override
    public void show(Inspection inspection) {
        String wanted = inspection.state().get(CircuitsState.FIND);
        if (!find.getValue().equals(wanted)) {
            find.setValue(wanted);
        }
        int[] ids = tokens(inspection, wanted);
        boolean about = !wanted.isBlank() && ids.length > 0;
        title.removeAll();
        if (about) {
            title.add("After " + inspection.label(ids[ids.length - 1]) + ", by the ");
        } else {
            title.add(new Term("bigrams", "Bigrams"), new Text(" of the "));
        }
        title.add(new Term("direct path", "direct path"), new Text(about ? "" : " W_E W_U"));
        boolean compared = inspection.text() != null && inspection.text().hasPairs();
        List<Pair> pairs =
                about ? after(inspection, ids[ids.length - 1]) : wanted.isBlank() ? strongest(inspection) : List.of();
        table.setPython(TokensPython.bigrams(
                inspection.python(),
                pairs.stream()
                        .map(pair -> new TokensPython.Bigram(
                                pair.first(),
                                pair.next(),
                                inspection.text() == null || !compared
                                        ? null
                                        : (Double) inspection.text().share(pair.first(), pair.next())))
                        .toList(),
                inspection::label,
                columns(compared).stream().map(Column::label).toList()));
        table.show(inspection.key(wanted), () -> {
            return new FigureTable.Figures(
                    inspection.model().name() + " bigrams",
                    columns(compared),
                    pairs.stream().map(pair -> row(inspection, pair, compared)).toList(),
                    compared
                            ? "“text”: how often it came next in the training text; –: in less than 0.4 % of the cases."
                            : "There are no figures of this model's training text to compare with.",
                    "No token is written like that.");
        });
    }

    private record Pair(int first, int next, double raise, double share) {}

    /** The tokens that are raised most, and those that are the most frequent in the text. */
    private static List<Pair> after(Inspection inspection, int token) {
        Bigrams.Next raised = next(inspection, token);
        Map<Integer, Pair> pairs = new LinkedHashMap<>();
        for (TopK.Entry next : raised.raises().largest(SHOWN)) {
            pairs.put(next.index(), pair(token, next.index(), raised));
        }
        TextFigures text = inspection.text();
        if (text != null) {
            text.after(token).stream()
                    .limit(SHOWN / 2)
                    .forEach(common -> pairs.putIfAbsent(common.second(), pair(token, common.second(), raised)));
        }
        return List.copyOf(pairs.values());
    }

    private static List<Pair> strongest(Inspection inspection) {
        List<Pair> pairs = new ArrayList<>();
        for (TopK.Cell cell : inspection.strongestBigrams()) {
            pairs.add(pair(cell.row(), cell.column(), next(inspection, cell.row())));
        }
        return pairs;
    }

    private static Bigrams.Next next(Inspection inspection, int token) {
        Bigrams bigrams = inspection.circuits().bigrams();
        return inspection.measured("bigrams after a token", List.of(token), model -> bigrams.next(token));
    }

    private static Pair pair(int first, int next, Bigrams.Next after) {
        return new Pair(first, next, after.raises().get(next), after.probability(next));
    }

    private static List<Column> columns(boolean compared) {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("token", Kind.TOKENS, ""),
                new Column("next", Kind.TOKENS, ""),
                new Column(Quantity.LOGIT_OVER_MEAN.label(), Kind.SIGNED, Quantity.LOGIT_OVER_MEAN.explanation()),
                new Column("direct path", Kind.SHARE, "probability by the direct path alone")));
        if (compared) {
            columns.add(new Column("text", Kind.SHARE, "share of the next tokens in the training text"));
        }
        return columns;
    }

    private static FigureTable.Row row(Inspection inspection, Pair pair, boolean compared) {
        String first = inspection.label(pair.first());
        List<Object> cells = new ArrayList<>(List.of(first, inspection.label(pair.next()), pair.raise(), pair.share()));
        if (compared && inspection.text() != null) {
            cells.add(inspection.text().share(pair.first(), pair.next()));
        }
        return new FigureTable.Row(first, cells, null);
    }
}
