package app.headlight.web.circuits;

import app.headlight.engine.circuits.LossByPosition;
import app.headlight.engine.circuits.TermImportance;
import app.headlight.engine.circuits.TextMeasures;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.findings.KeptTexts;
import app.headlight.web.circuits.CircuitsState.On;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.Float32;
import app.headlight.web.component.HeadTable;
import app.headlight.web.component.LayerLines;
import app.headlight.web.component.Term;
import app.headlight.web.component.TokenLabel;
import app.headlight.web.page.LongWork;
import app.headlight.web.panels.Panel;
import app.headlight.web.python.HeadsPython;
import app.headlight.web.words.Figures;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The panel of measurements on a text: how much each order of terms explains, by how much each head lowers the loss,
 * the loss by position.
 */
class TextPanel extends Div implements Panel<Inspection> {

    private static final int MOST_WINDOWS = 64;

    private static final List<HeadTable.Column> COLUMNS = List.of(
            new HeadTable.Column("lowers loss, alone", true),
            new HeadTable.Column("lowers loss, last", true),
            new HeadTable.Column("previous token", false),
            new HeadTable.Column("duplicate token", false),
            new HeadTable.Column("induction", false),
            new HeadTable.Column("first token", false));

    private final transient Inspector inspector;
    private final Button own = new Button("The model's own validation text");
    private final TextArea typed = new TextArea();
    private final Button measure = new Button("Measure this text");
    private final LongWork work = new LongWork();
    private final Div results = new Div();
    private final Paragraph sum = new Paragraph();
    private final FigureTable orders = new FigureTable();
    private final HeadTable heads = new HeadTable();
    private final LayerLines loss = new LayerLines();
    private String shown = "";

    TextPanel(CircuitsDesk desk) {
        inspector = desk.inspector();
        Consumer<UnaryOperator<CircuitsState>> change = desk.change();
        addClassNames("hl-panel", "hl-on-text");
        setId("on-a-text");
        own.addThemeVariants(ButtonVariant.LUMO_SMALL);
        own.addClickListener(event ->
                change.accept(state -> state.with(CircuitsState.ON, On.UNSEEN).with(CircuitsState.TEXT, "")));
        typed.setPlaceholder("or a text of your own");
        typed.setAriaLabel("A text to measure the model on");
        typed.setMaxRows(4);
        typed.setMaxLength(KeptTexts.LONGEST);
        measure.addThemeVariants(ButtonVariant.LUMO_SMALL);
        measure.addClickListener(event -> change.accept(state -> asked(state, typed.getValue())));
        Div asking = new Div(own, typed, measure);
        asking.addClassName("hl-on-text-asking");
        orders.setId("orders");
        heads.setId("marginal-effects");
        loss.setId("loss-by-position");
        sum.addClassName("hl-muted");
        results.addClassName("hl-on-text-results");
        results.add(sum, orders, heads, loss);
        results.setVisible(false);
        add(
                new H2(new Text("On a text: the "), new Term("term importance", "importance of terms")),
                asking,
                work,
                results);
    }

    private static CircuitsState asked(CircuitsState state, String text) {
        return state.with(CircuitsState.ON, text.isBlank() ? On.NOTHING : On.TEXT)
                .with(CircuitsState.TEXT, text);
    }

    @Override
    public void show(Inspection inspection) {
        CircuitsState state = inspection.state();
        own.setVisible(inspection.text() != null);
        results.setVisible(false);
        String text = state.get(CircuitsState.TEXT);
        if (!text.equals(shown)) { // otherwise what is being typed stays
            shown = text;
            typed.setValue(text);
        }
        switch (state.get(CircuitsState.ON)) {
            case UNSEEN -> measureOwn(inspection);
            case TEXT -> measure(inspection, text);
            case NOTHING ->
                work.say(
                        "The model's loss with its direct path alone, with its heads, with its virtual heads; and by how much each head lowers it. Choose a text.");
        }
    }

    private void measureOwn(Inspection inspection) {
        if (inspection.text() == null) {
            work.say("Nothing is kept of the text of " + inspection.model().name() + "; give one of your own.");
            return;
        }
        measure(inspection, inspection.text().unseen(), "its own validation text");
    }

    private void measure(Inspection inspection, String text) {
        try {
            measure(inspection, inspection.model().windows(text, MOST_WINDOWS), "this text");
        } catch (Refusal unreadable) {
            work.say(inspection.model().name() + " cannot read this: " + unreadable.getMessage());
        }
    }

    private void measure(Inspection inspection, List<int[]> windows, String which) {
        if (windows.isEmpty()) {
            work.say("The text has no token with a next one to predict; it needs at least two tokens.");
            return;
        }
        work.await(
                inspector.measures(inspection.model(), windows),
                "Measuring " + inspection.model().name() + " on " + which,
                measures -> show(inspection, windows, which, measures));
    }

    private void show(Inspection inspection, List<int[]> windows, String which, TextMeasures measures) {
        results.setVisible(true);
        TermImportance terms = measures.terms();
        int tokens = windows.stream().mapToInt(window -> window.length).sum();
        sum.setText(String.format(
                Locale.ROOT,
                "On %s: %,d tokens in %,d windows%s, mean loss %.4f nats. %s",
                which,
                tokens,
                windows.size(),
                windows.size() == MOST_WINDOWS ? " (the first ones; the rest is left out)" : "",
                measures.loss().overall(),
                inContext(measures.loss())
                        + (terms == null
                                ? " This model has MLPs, so its loss is not split by order of terms: that holds for attention"
                                        + " alone."
                                : "")));
        List<Object> key = inspection.key(measures);
        String name = inspection.model().name();
        orders.setVisible(terms != null);
        if (terms != null) {
            orders.show(key, () -> orders(name, terms));
        }
        heads.setVisible(!measures.detectors().isEmpty());
        heads.show(key, () -> new HeadTable.Scores(name + " heads on a text", COLUMNS, rows(measures)));
        loss.show(key, () -> lines(name, measures.loss()));
        loss.setPython(HeadsPython.lossByPosition(inspection.python(), windows));
    }

    private static String inContext(LossByPosition loss) {
        int length = loss.mean().length;
        int tenth = length / 10;
        return tenth < 1
                ? ""
                : String.format(
                        Locale.ROOT,
                        "In-context learning score (mean loss at positions %d to %d less that at %d to %d): %s.",
                        length - tenth,
                        length - 1,
                        tenth,
                        2 * tenth - 1,
                        Figures.signed(loss.inContextScore(tenth, 2 * tenth, length - tenth, length), 3));
    }

    private static FigureTable.Figures orders(String name, TermImportance terms) {
        List<FigureTable.Row> rows = new ArrayList<>();
        for (int order = 0; order < terms.meanLossByOrder().size(); order++) {
            rows.add(new FigureTable.Row(
                    "",
                    List.of(
                            named(order),
                            terms.meanLossByOrder().get(order),
                            order == 0 ? Double.NaN : terms.drop(order)),
                    null));
        }
        rows.add(new FigureTable.Row("", List.of("the model", terms.model(), Double.NaN), null));
        return new FigureTable.Figures(
                name + " importance of terms",
                List.of(
                        new FigureTable.Column("terms up to", FigureTable.Kind.TEXT, ""),
                        new FigureTable.Column("loss", FigureTable.Kind.FIGURE, "mean loss in nats"),
                        new FigureTable.Column("these take off", FigureTable.Kind.FIGURE, "drop of the loss in nats")),
                rows,
                "Patterns are frozen at the model's own; each round adds the paths through one more head.",
                "");
    }

    private static String named(int order) {
        return switch (order) {
            case 0 -> "the direct path";
            case 1 -> "heads";
            case 2 -> "virtual heads of two";
            default -> "virtual heads of " + order;
        };
    }

    private static List<HeadTable.Row> rows(TextMeasures measures) {
        List<HeadTable.Row> rows = new ArrayList<>();
        TermImportance terms = measures.terms();
        measures.detectors().forEach((head, scores) -> {
            TermImportance.MarginalEffect effect =
                    terms == null ? null : terms.heads().get(head);
            rows.add(new HeadTable.Row(
                    head.toString(),
                    new double[] {
                        effect == null ? Double.NaN : effect.first(),
                        effect == null ? Double.NaN : effect.last(),
                        scores.previous(),
                        scores.duplicate(),
                        scores.induction(),
                        scores.first()
                    },
                    null));
        });
        return rows;
    }

    private static LayerLines.Lines lines(String name, LossByPosition loss) {
        double[] mean = loss.mean();
        return new LayerLines.Lines(
                name + " loss by position",
                "Loss by position",
                "nats",
                List.of(new LayerLines.Series("loss", Float32.base64(mean))),
                IntStream.range(0, mean.length)
                        .mapToObj(t -> new TokenLabel(Integer.toString(t), null))
                        .toList());
    }
}
