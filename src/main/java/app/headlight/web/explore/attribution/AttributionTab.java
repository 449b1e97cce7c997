package app.headlight.web.explore.attribution;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.LogitAttribution;
import app.headlight.engine.circuits.PathExpansion;
import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.residual.Prediction;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.PathBars;
import app.headlight.web.component.Segmented;
import app.headlight.web.component.Segmented.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.HeadRows;
import app.headlight.web.explore.shown.Question;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.explore.shown.TabContent;
import app.headlight.web.explore.shown.Vocabulary;
import app.headlight.web.explore.shown.Vocabulary.Kind;
import app.headlight.web.python.LogitPython;
import app.headlight.web.view.PatchState;
import app.headlight.web.view.PatchingAddress;
import app.headlight.web.words.Figures;
import app.headlight.web.words.Quantity;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The tab of attribution: a logit at the selected destination, split exactly into every path of the path expansion, and
 * into heads.
 */
public class AttributionTab extends TabContent {

    private static final Map<Kind, Choice> KINDS = Map.of(
            Kind.LOGIT,
            new Choice("logit", "logit", "The logit of a token, or the difference of two: a − b"),
            Kind.LOG_PROBABILITY,
            new Choice(
                    "log-p",
                    "log p",
                    "The direction in which a token's log-probability rises fastest: its logit minus the mean of all logits, each weighted by its probability"),
            Kind.OVER_MEAN,
            new Choice(
                    "over-mean",
                    "over mean",
                    "The logit of a token over the mean of the whole vocabulary's: the same that a line and the inspector"
                            + " show"));

    private final Segmented kind;
    private final ComboBox<String> asked;
    private final Span trouble;
    private final Paragraph words;
    private final PathBars bars;
    private final Heatmap heads;
    private final Paragraph sum;
    private final Anchor patch;
    private transient List<HeadId> rows = List.of();

    public AttributionTab(StateChange change) {
        this(
                change,
                new Segmented(
                        "What is asked",
                        Stream.of(Kind.LOGIT, Kind.LOG_PROBABILITY, Kind.OVER_MEAN)
                                .map(KINDS::get)
                                .toList()),
                new ComboBox<>(),
                new Span(),
                new Paragraph(),
                new PathBars(),
                new Heatmap(),
                new Paragraph(),
                new Anchor());
    }

    private AttributionTab(
            StateChange change,
            Segmented kind,
            ComboBox<String> asked,
            Span trouble,
            Paragraph words,
            PathBars bars,
            Heatmap heads,
            Paragraph sum,
            Anchor patch) {
        super("hl-tab-attribution", new Div(kind, asked, trouble, words), bars, new Div(heads, sum, patch));
        this.patch = patch;
        patch.setId("patch-path");
        this.kind = kind;
        this.asked = asked;
        Forms.sendsItself(asked);
        this.trouble = trouble;
        this.words = words;
        this.bars = bars;
        this.heads = heads;
        this.sum = sum;
        bars.setId("attribution");
        heads.setId("attribution-by-head");
        sum.addClassName("hl-sum");
        trouble.addClassName("hl-trouble");
        words.addClassName("hl-muted");
        asked.setAriaLabel("Of the token");
        asked.setPrefixComponent(new Span("of"));
        asked.setAllowCustomValue(true);
        asked.setTooltipText("A token; the difference of two: Mary − John; or log p(Mary)");
        asked.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                ask(change, event.getValue());
            }
        });
        asked.addCustomValueSetListener(event -> ask(change, event.getDetail()));
        kind.addChoiceListener(event -> change.to(state -> {
            String of = wrapped(kind(event.value()), asked.getValue() == null ? "" : asked.getValue());
            return state.withCircuit(state.circuit().withAsk(of));
        }));
        heads.addCellSelectListener(
                event -> change.to(state -> HeadRows.pick(state, rows, event.row(), event.column() - 1)));
    }

    /** The same token asked about in another way; of two, the first. */
    private static String wrapped(Kind kind, String written) {
        String token = Vocabulary.tokenIn(written);
        return kind.of(kind == Kind.LOGIT ? token : token.replaceFirst("(?s) (?:−|-) .+$", ""));
    }

    private static Kind kind(String value) {
        return KINDS.entrySet().stream()
                .filter(choice -> choice.getValue().value().equals(value))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static void ask(StateChange change, String written) {
        change.to(state -> state.withCircuit(state.circuit().withAsk(written)));
    }

    @Override
    protected String missing(Exploration exploration) {
        return exploration.isEmpty() || exploration.hasDestination()
                ? super.missing(exploration)
                : "Click a token to see what the logit of its next token is made of.";
    }

    @Override
    protected void draw(Exploration exploration) {
        Question question = Question.of(exploration);
        Kind shown = question.asked().kind();
        List<String> offered = new ArrayList<>(question.offered());
        offered.replaceAll(shown::of);
        if (!offered.contains(question.written())) {
            offered.addFirst(question.written());
        }
        kind.setValue(Objects.requireNonNull(KINDS.get(shown)).value());
        asked.setItems(offered);
        asked.setValue(question.written());
        trouble.setText(question.trouble());
        words.setText(words(exploration, question));
        String title = question.title(exploration);
        List<Object> key = List.of(exploration.sentenceKey(), question.destination(), question.asked());
        String unit = question.asked().quantity().label();
        LogitBars parts = new LogitBars(exploration, question);
        bars.show(key, () -> parts.expansion(title, unit));
        heads.show(key, () -> byHead(exploration, parts, title, unit));
        LogitPython.Asked python = new LogitPython.Asked(
                question.destination(),
                question.asked().raised(),
                question.asked().lowered(),
                question.asked().quantity(),
                title);
        bars.setPython(exploration.python(run -> LogitPython.bars(run, python)));
        heads.setPython(exploration.python(run -> LogitPython.byHead(
                run,
                python,
                Heatmap.Axis.of("head", names(exploration)),
                sources(exploration, question.destination() + 1))));
        rows = exploration.model().transformer().heads();
        heads.select(
                exploration.headId().map(rows::indexOf).orElse(-1),
                exploration.hasLine() ? exploration.state().source() + 1 : -1);
        sum.setText(sums(exploration, parts));
        patch.setVisible(exploration.headId().isPresent());
        exploration.headId().ifPresent(head -> {
            patch.setText("Patch the path from " + head + " to the logits");
            patch.setHref(toLogits(exploration, head));
        });
    }

    /** The page of patching with what a head writes, as the logits alone read it. */
    private static String toLogits(Exploration exploration, HeadId head) {
        int[] cell = PatchingAddress.cell(
                new Edge(StreamWriter.of(head), StreamReader.LOGITS),
                exploration.model().config());
        return PatchingAddress.of(exploration
                .state()
                .withPatch(exploration
                        .state()
                        .patch()
                        .withSite(PatchState.Patched.EDGE)
                        .withCell(cell[0], cell[1])));
    }

    private static String sums(Exploration exploration, LogitBars parts) {
        LogitAttribution split = parts.split();
        double sum = split.sum();
        double model = parts.direction().value();
        if (exploration.isDifference()) {
            sum -= parts.without().split().sum();
            model -= parts.without().direction().value();
        }
        return (exploration.isDifference() ? "change of the sum of heads, " : "sum of heads, ")
                + (split.mlps().isEmpty() ? "" : "MLPs, ") + "embedding, biases"
                + (exploration.computed().edits().isEmpty() ? " " : ", edits ")
                + Figures.fixed(sum, 4) + " / model " + Figures.fixed(model, 4);
    }

    private static String words(Exploration exploration, Question question) {
        Config config = exploration.model().config();
        String by = PathExpansion.isPossible(exploration.computed())
                ? ""
                : PathExpansion.isPossible(config)
                        ? " Split by component, not by path: the edits put something into the stream that no path brings."
                        : " Split by component, not by path: this model has MLPs, which are not linear, so its logits are no sum over"
                                + " paths through several heads.";
        String capped = config.logitsSoftCap() == 0 ? "" : " The logits are those before the model’s soft cap.";
        String frozen = config.norm() == Norm.NONE ? "" : " The final norm’s scale is that of this run.";
        return ofQuestion(exploration, question) + by + frozen + capped;
    }

    private static String ofQuestion(Exploration exploration, Question question) {
        String heads = exploration.headId().isEmpty()
                ? " This model has no heads: all of it comes directly from the embedding."
                : "";
        Quantity shown = question.asked().quantity();
        if (shown != Quantity.LOGIT_OVER_EXPECTED) {
            return "Figures are parts of the " + shown.label() + ": " + shown.explanation() + "." + heads;
        }
        Prediction next = Prediction.at(exploration.computed(), question.destination());
        int token = question.asked().raised();
        return "log p is " + Figures.fixed(next.logProbability(token), 4) + " (p "
                + Figures.fixed(next.probability(token), 4)
                + "). Its direction is split, which is linear: the logit minus the mean of all logits, each weighted"
                + " with its probability." + heads;
    }

    /** A row for each head and MLP, then the embedding, the biases and the edits; first all sources together, then each. */
    private static Heatmap.Cells byHead(Exploration exploration, LogitBars parts, String title, String unit) {
        LogitAttribution split = parts.split();
        boolean edited = !exploration.computed().edits().isEmpty();
        int sources = split.direction().destination() + 1;
        List<String> rows = names(exploration);
        List<double[]> values = values(split, sources, edited);
        if (exploration.isDifference()) {
            List<double[]> without = values(parts.without().split(), sources, edited);
            for (int r = 0; r < values.size(); r++) {
                for (int i = 0; i <= sources; i++) {
                    values.get(r)[i] -= without.get(r)[i];
                }
            }
        }
        return new Heatmap.Cells(
                exploration.model().name() + " " + title + " by head" + (exploration.isDifference() ? " change" : ""),
                (exploration.isDifference() ? "Change by head" : "By head") + ", all it moves, and by source",
                Heatmap.Axis.of("head", rows),
                sources(exploration, sources),
                HeadRows.base64(values),
                "diverging",
                unit,
                title);
    }

    /** What has a row. */
    private static List<String> names(Exploration exploration) {
        Config config = exploration.model().config();
        List<String> rows = new ArrayList<>();
        exploration.model().transformer().heads().forEach(head -> rows.add(head.toString()));
        for (int layer = 0; config.mlp() != null && layer < config.nLayers(); layer++) {
            rows.add(StreamWriter.ofMlp(layer).name());
        }
        rows.add("embedding");
        rows.add("biases");
        if (!exploration.computed().edits().isEmpty()) {
            rows.add("edits");
        }
        return rows;
    }

    private static Heatmap.Axis sources(Exploration exploration, int sources) {
        return Heatmap.Axis.sentence("source", exploration.prompt().pieces().subList(0, sources))
                .after("all");
    }

    private static List<double[]> values(LogitAttribution split, int sources, boolean edited) {
        List<double[]> values = new ArrayList<>();
        for (LogitAttribution.HeadShare share : split.heads()) {
            double[] row = new double[sources + 1];
            row[0] = share.value();
            System.arraycopy(share.bySource(), 0, row, 1, sources);
            values.add(row);
        }
        split.mlps().forEach(share -> values.add(HeadRows.first(share, sources + 1)));
        values.add(HeadRows.first(split.embedding(), sources + 1));
        values.add(HeadRows.first(split.biases(), sources + 1));
        if (edited) {
            values.add(HeadRows.first(split.edits(), sources + 1));
        }
        return values;
    }
}
