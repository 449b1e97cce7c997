package app.headlight.web.circuits;

import app.headlight.engine.circuits.SkipTrigrams;
import app.headlight.engine.circuits.SkipTrigrams.Trigram;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.circuits.CircuitsState.Listing;
import app.headlight.web.circuits.CircuitsState.Role;
import app.headlight.web.component.Term;
import app.headlight.web.component.TrigramTable;
import app.headlight.web.page.LongWork;
import app.headlight.web.panels.Panel;
import app.headlight.web.python.TokensPython;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The panel of the selected head's skip-trigrams, row by row, or source by source as the paper lists them. */
class TrigramsPanel extends Div implements Panel<Inspection> {

    private static final int STRONGEST = 40;
    private static final int AROUND = 8;
    private static final String HINT =
            "source … destination → output: by QK the destination attends to the source, which by OV raises the output. A bug is a pair that is raised together with two intended ones. Click a token to ask about it.";

    private final transient Inspector inspector;
    private final Span about = new Span();
    private final H2 title = new H2(new Term("skip-trigrams", "Skip-trigrams"), about);
    private final Button all = new Button("Strongest of all");
    private final Select<Listing> listing = new Select<>();
    private final LongWork work = new LongWork();
    private final TrigramTable trigrams = new TrigramTable();
    private final SourcesTable sources;

    TrigramsPanel(CircuitsDesk desk) {
        inspector = desk.inspector();
        Consumer<UnaryOperator<CircuitsState>> change = desk.change();
        sources = new SourcesTable(token -> change.accept(
                state -> state.with(CircuitsState.LIST, Listing.TRIGRAMS).withToken(token, Role.SOURCE)));
        addClassName("hl-panel");
        setId("skip-trigrams");
        all.addThemeVariants(ButtonVariant.LUMO_SMALL);
        all.addClickListener(event -> change.accept(state -> state.withoutToken()));
        listing.setAriaLabel("How they are listed");
        listing.setItems(Listing.TRIGRAMS, Listing.SOURCES);
        listing.setItemLabelGenerator(how -> how == Listing.TRIGRAMS ? "one a row" : "by source token");
        listing.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(state -> state.with(CircuitsState.LIST, event.getValue()));
            }
        });
        trigrams.addRoleSelectListener(event -> change.accept(state ->
                state.withToken(event.token(), Role.valueOf(event.role().toUpperCase(Locale.ROOT)))));
        Div heading = new Div(title, all, listing);
        heading.addClassName("hl-row");
        add(heading, work, trigrams, sources);
    }

    @Override
    public void show(Inspection inspection) {
        setVisible(inspection.chosen().isPresent());
        inspection.chosen().ifPresent(head -> show(inspection, head));
    }

    private void show(Inspection inspection, HeadId head) {
        CircuitsState state = inspection.state();
        boolean about = state.token() >= 0;
        boolean bySource = switch (state.get(CircuitsState.LIST)) {
            case USUAL -> inspection.model().config().nLayers() == 1;
            case TRIGRAMS -> false;
            case SOURCES -> true;
        };
        listing.setValue(bySource ? Listing.SOURCES : Listing.TRIGRAMS);
        all.setVisible(about);
        trigrams.setVisible(false);
        sources.setVisible(false);
        this.about.setText(" of " + head
                + (about
                        ? " with " + inspection.label(state.token()) + " as " + inWords(state.get(CircuitsState.ROLE))
                        : ""));
        work.await(
                inspector.trigrams(inspection.model(), head),
                "Looking through all pairs of tokens",
                strongest -> show(inspection, head, bySource, strongest));
    }

    private void show(Inspection inspection, HeadId head, boolean bySource, List<Trigram> strongest) {
        CircuitsState state = inspection.state();
        trigrams.setVisible(!bySource);
        sources.setVisible(bySource);
        if (bySource) {
            sources.show(inspection, head, strongest);
            return;
        }
        trigrams.show(
                inspection.key(head, state.token(), state.get(CircuitsState.ROLE)),
                () -> new TrigramTable.Trigrams(
                        inspection.model().name() + " " + head + " skip-trigrams",
                        rows(inspection, head, strongest),
                        HINT));
        trigrams.setPython(TokensPython.trigrams(inspection.python(), head, rows(inspection, head, strongest)));
    }

    private static List<TrigramTable.Row> rows(Inspection inspection, HeadId head, List<Trigram> strongest) {
        int token = inspection.state().token();
        if (token < 0) {
            return rows(inspection, strongest, Set.of());
        }
        SkipTrigrams circuit = SkipTrigrams.of(inspection.model().transformer(), head);
        Role role = inspection.state().get(CircuitsState.ROLE);
        return switch (role) {
            case DESTINATION ->
                rows(inspection, measured(inspection, head, token, role, () -> circuit.at(token, STRONGEST)), Set.of());
            case OUTPUT ->
                rows(inspection, measured(inspection, head, token, role, () -> circuit.to(token, STRONGEST)), Set.of());
            case SOURCE -> aroundSource(inspection, head, circuit, token);
        };
    }

    private static <V> V measured(Inspection inspection, HeadId head, int token, Object role, Supplier<V> work) {
        return inspection.measured("skip-trigrams with a token", List.of(head, token, role), model -> work.get());
    }

    /** What a source's outputs are meant for, then the bugs that come with them. */
    private static List<TrigramTable.Row> aroundSource(
            Inspection inspection, HeadId head, SkipTrigrams circuit, int source) {
        Set<Trigram> meant = new LinkedHashSet<>();
        Set<Trigram> crossed = new LinkedHashSet<>();
        measured(
                        inspection,
                        head,
                        source,
                        "bugs",
                        () -> circuit.bugs(source, inspection.circuits().bigrams(), AROUND))
                .forEach(bug -> {
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

    private static String inWords(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static TrigramTable.Token token(Inspection inspection, int id) {
        return new TrigramTable.Token(id, inspection.label(id));
    }
}
