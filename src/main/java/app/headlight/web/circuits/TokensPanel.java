package app.headlight.web.circuits;

import app.headlight.circuits.Bigrams;
import app.headlight.circuits.SkipTrigrams;
import app.headlight.circuits.SkipTrigrams.Trigram;
import app.headlight.tensor.TopK;
import app.headlight.transformer.HeadId;
import app.headlight.web.component.RankedTokens;
import app.headlight.web.component.TrigramTable;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What the selected head says as skip-trigrams, and what the direct path says as bigrams. */
class TokensPanel extends Div {

    private static final int STRONGEST = 40;
    private static final int AROUND = 8;
    private static final int BIGRAMS = 12;

    private final H2 title = new H2();
    private final Button all = new Button("Strongest of all");
    private final TrigramTable trigrams = new TrigramTable();
    private final RankedTokens bigrams = new RankedTokens().searchable();
    private final Div trigramSide = new Div();

    TokensPanel(Consumer<UnaryOperator<CircuitsState>> change) {
        addClassNames("hl-panel", "hl-circuit-tokens");
        setId("skip-trigrams");
        all.addThemeVariants(ButtonVariant.LUMO_SMALL);
        all.addClickListener(event -> change.accept(CircuitsState::withoutToken));
        trigrams.addRoleSelectListener(event -> change.accept(state -> state.withToken(event.token(), event.role())));
        bigrams.setId("bigrams");
        bigrams.addSearchListener(event -> change.accept(state -> state.withFind(event.query())));
        Div heading = new Div(title, all);
        heading.addClassName("hl-row");
        trigramSide.add(heading, trigrams);
        add(trigramSide, bigrams);
    }

    void show(Inspection inspection) {
        trigramSide.setVisible(inspection.chosen().isPresent());
        inspection.chosen().ifPresent(head -> showTrigrams(inspection, head));
        CircuitsState state = inspection.state();
        bigrams.show(List.of(inspection.model().key(), state.find()), () -> bigrams(inspection));
    }

    private void showTrigrams(Inspection inspection, HeadId head) {
        CircuitsState state = inspection.state();
        boolean about = state.tokenId() >= 0;
        all.setVisible(about);
        title.setText("Skip-trigrams of " + head
                + (about ? " with " + inspection.label(state.tokenId()) + " as " + state.role() : ""));
        trigrams.show(
                List.of(inspection.model().key(), head, state.token(), state.role()),
                () -> new TrigramTable.Trigrams(
                        inspection.model().name() + " " + head + " skip-trigrams",
                        rows(inspection, head),
                        "source … destination → output: by QK the destination attends to the source, which by OV raises the"
                                + " output. A bug is a pair that comes along with two that are meant. Click a token to ask about it."));
    }

    private static List<TrigramTable.Row> rows(Inspection inspection, HeadId head) {
        SkipTrigrams circuit = SkipTrigrams.of(inspection.model().transformer(), head);
        int token = inspection.state().tokenId();
        if (token < 0) {
            return rows(inspection, circuit.strongest(STRONGEST), Set.of());
        }
        return switch (inspection.state().role()) {
            case "destination" -> rows(inspection, circuit.at(token, STRONGEST), Set.of());
            case "output" -> rows(inspection, circuit.to(token, STRONGEST), Set.of());
            default -> aroundSource(inspection, circuit, token);
        };
    }

    /** What a source's outputs are meant for, then the bugs that come with them. */
    private static List<TrigramTable.Row> aroundSource(Inspection inspection, SkipTrigrams circuit, int source) {
        Set<Trigram> meant = new LinkedHashSet<>();
        Set<Trigram> crossed = new LinkedHashSet<>();
        circuit.bugs(source, inspection.circuits().bigrams(), AROUND).forEach(bug -> {
            meant.addAll(bug.meant());
            crossed.addAll(bug.crossed());
        });
        crossed.removeAll(meant);
        List<Trigram> rows = new ArrayList<>(meant);
        rows.addAll(crossed);
        return rows(inspection, rows, crossed);
    }

    private static List<TrigramTable.Row> rows(Inspection inspection, List<Trigram> found, Set<Trigram> bugs) {
        return found.stream()
                .map(row -> new TrigramTable.Row(
                        token(inspection, row.source()),
                        token(inspection, row.destination()),
                        token(inspection, row.output()),
                        row.qk(),
                        row.ov(),
                        bugs.contains(row)))
                .toList();
    }

    private static TrigramTable.Token token(Inspection inspection, int id) {
        return new TrigramTable.Token(id, inspection.label(id));
    }

    private static RankedTokens.Ranking bigrams(Inspection inspection) {
        String find = inspection.state().find();
        Bigrams bigrams = inspection.circuits().bigrams();
        List<RankedTokens.Row> rows = new ArrayList<>();
        String title = "Bigrams of the direct path W_E W_U";
        String message = "";
        if (find.isBlank()) {
            for (TopK.Cell pair : bigrams.largest(BIGRAMS)) {
                rows.add(row(inspection, pair.row(), pair.column(), pair.value()));
            }
        } else {
            int[] ids = inspection.model().prompt(find.replace('·', ' ')).tokens();
            if (ids.length == 0) {
                message = "No token is written so.";
            } else {
                int token = ids[ids.length - 1];
                title = "After " + inspection.label(token) + " (direct path)";
                for (TopK.Entry next : TopK.largest(bigrams.after(token), BIGRAMS)) {
                    rows.add(row(inspection, token, next.index(), next.value()));
                }
            }
        }
        return new RankedTokens.Ranking(
                inspection.model().name() + " bigrams",
                title,
                "pair",
                "logit",
                rows,
                List.of(),
                inspection.model().config().dVocab(),
                find,
                message);
    }

    private static RankedTokens.Row row(Inspection inspection, int token, int next, double value) {
        return new RankedTokens.Row(inspection.label(token) + " " + inspection.label(next), next, value, null, false);
    }
}
