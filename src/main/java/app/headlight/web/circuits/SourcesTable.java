package app.headlight.web.circuits;

import app.headlight.engine.circuits.SkipTrigrams;
import app.headlight.engine.circuits.SkipTrigrams.Trigram;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.FigureTable.Kind;
import app.headlight.web.python.TokensPython;
import app.headlight.web.words.Figures;
import app.headlight.web.words.ModelKind;
import app.headlight.web.words.Quantity;
import app.headlight.web.words.TokenText;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of a head's source tokens, with the destinations that attend to them most and the outputs that they raise
 * most, as the paper shows one-layer models (Elhage et al. 2021, Skip-Trigrams). The tokens are those of the head's
 * strongest OV entries, and those that are typed.
 */
class SourcesTable extends Div {

    private static final int SOURCES = 16;
    private static final int EACH = 6;

    private static final List<FigureTable.Column> COLUMNS = List.of(
            new FigureTable.Column("source", Kind.TOKENS, ""),
            new FigureTable.Column("destinations that attend to it most", Kind.TOKENS, ""),
            new FigureTable.Column("outputs that it raises most", Kind.TOKENS, ""),
            new FigureTable.Column("QK", Kind.SIGNED, "QK: score of the first destination"),
            new FigureTable.Column(
                    "OV", Kind.SIGNED, "OV: " + Quantity.LOGIT_OVER_MEAN.label() + " of the first output"));

    private final TextField wanted = new TextField();
    private final FigureTable table = new FigureTable();
    private Runnable again = () -> {};

    /** @param pick told the token whose row is picked */
    SourcesTable(IntConsumer pick) {
        setId("sources");
        wanted.setPlaceholder("tokens of your own");
        wanted.setAriaLabel("Source tokens of your own, written as text");
        wanted.setClearButtonVisible(true);
        wanted.setValueChangeMode(ValueChangeMode.LAZY);
        wanted.addValueChangeListener(event -> again.run());
        table.addControl(wanted);
        table.addRowSelectListener(event -> pick.accept(Integer.parseInt(event.id())));
        add(table);
    }

    void show(Inspection inspection, HeadId head, List<Trigram> strongest) {
        again = () -> show(inspection, head, sources(inspection, strongest));
        again.run();
    }

    private void show(Inspection inspection, HeadId head, Set<Integer> sources) {
        List<FigureTable.Row> rows = rows(inspection, head, sources);
        table.show(
                inspection.key(head, wanted.getValue()),
                () -> new FigureTable.Figures(
                        inspection.model().name() + " " + head + " source tokens",
                        COLUMNS,
                        rows,
                        "A score is the entry of the full QK circuit over "
                                + ModelKind.divisor(inspection.model().config(), head.layer())
                                + ", a raise that of the full OV circuit, centred.",
                        "No token is written like that."));
        Map<Integer, String> named = new LinkedHashMap<>();
        Map<Integer, String> label = new TreeMap<>();
        for (int token : sources) {
            SkipTrigrams.Source source = source(inspection, head, token);
            named.put(token, inspection.label(token));
            Stream.concat(source.destinations().stream(), source.outputs().stream())
                    .forEach(entry -> label.put(entry.index(), TokenText.of(inspection.label(entry.index()))));
        }
        table.setPython(TokensPython.sources(
                inspection.python(),
                head,
                named,
                EACH,
                label,
                COLUMNS.stream().map(FigureTable.Column::label).toList()));
    }

    private static SkipTrigrams.Source source(Inspection inspection, HeadId head, int token) {
        return inspection.measured(
                "skip-trigrams from a token",
                List.of(head, token),
                model -> SkipTrigrams.of(model, head).from(token, EACH));
    }

    private List<FigureTable.Row> rows(Inspection inspection, HeadId head, Set<Integer> sources) {
        return sources.stream()
                .map(token -> {
                    SkipTrigrams.Source source = source(inspection, head, token);
                    return new FigureTable.Row(
                            Integer.toString(token),
                            List.of(
                                    inspection.label(token),
                                    list(inspection, source.destinations()),
                                    list(inspection, source.outputs()),
                                    (double) source.destinations().getFirst().value(),
                                    (double) source.outputs().getFirst().value()),
                            null);
                })
                .toList();
    }

    private Set<Integer> sources(Inspection inspection, List<Trigram> strongest) {
        Set<Integer> tokens = new LinkedHashSet<>();
        if (wanted.isEmpty()) {
            strongest.stream().map(Trigram::source).distinct().limit(SOURCES).forEach(tokens::add);
        } else {
            for (int token : BigramsPanel.tokens(inspection, wanted.getValue())) {
                tokens.add(token);
            }
        }
        return tokens;
    }

    private static String list(Inspection inspection, List<TopK.Entry> entries) {
        return entries.stream()
                .map(entry -> TokenText.of(inspection.label(entry.index())) + " " + Figures.fixed(entry.value(), 1))
                .collect(Collectors.joining("   "));
    }
}
