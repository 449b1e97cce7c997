package app.headlight.web.explore.patching;

import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.CircuitSearch.Ends;
import app.headlight.services.search.ReadyPair;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.FigureTable.Column;
import app.headlight.web.component.FigureTable.Kind;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.page.LongWork;
import app.headlight.web.pairs.ReadPairs;
import com.vaadin.flow.component.html.Div;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pairs that a map is the mean of, and what the model makes of each; one of them can be taken to Explore. */
class SeveralPairs extends Div {

    private final FigureTable table = new FigureTable();
    private final LongWork work = new LongWork();
    private transient @Nullable ReadPairs shown;

    SeveralPairs(StateChange change) {
        addClassName("hl-several-pairs");
        table.setId("patching-pairs");
        table.addRowSelectListener(event -> {
            ReadPairs pairs = shown;
            if (pairs != null) {
                ReadyPair pair = pairs.pairs().get(Integer.parseInt(event.id()));
                change.to(state -> PatchFields.shown(state, pair));
            }
        });
        add(work, table);
    }

    void show(Exploration exploration, MappedPairs pairs) {
        shown = pairs.several();
        setVisible(pairs.isSeveral());
        if (shown == null) {
            work.end();
            return;
        }
        ReadPairs several = shown;
        String present = present(exploration, several);
        work.await(
                exploration
                        .lab()
                        .ask(new CircuitSearch(exploration.lab())
                                .ends(exploration.model(), several.set().pairs())),
                "The pairs",
                ends -> {
                    table.show(List.of(exploration.model().ref(), several), () -> figures(exploration, several, ends));
                    table.select(present);
                });
    }

    /** The row of the pair whose sentences Explore shows; empty: of none. */
    private static String present(Exploration exploration, ReadPairs several) {
        for (int i = 0; i < several.pairs().size(); i++) {
            ReadyPair pair = several.pairs().get(i);
            if (pair.clean().equals(exploration.state().sentence())
                    && pair.corrupt().equals(exploration.state().patch().other())) {
                return Integer.toString(i);
            }
        }
        return "";
    }

    private static FigureTable.Figures figures(Exploration exploration, ReadPairs several, List<Ends> ends) {
        List<FigureTable.Row> rows = new ArrayList<>();
        for (int i = 0; i < several.pairs().size(); i++) {
            ReadyPair pair = several.pairs().get(i);
            rows.add(new FigureTable.Row(
                    Integer.toString(i),
                    List.of(
                            pair.clean(),
                            pair.corrupt(),
                            pair.answer(),
                            pair.wrong(),
                            ends.get(i).clean(),
                            ends.get(i).corrupt()),
                    null));
        }
        return new FigureTable.Figures(
                exploration.model().name() + " pairs",
                List.of(
                        new Column("clean", Kind.TOKENS, "The sentence with the behaviour"),
                        new Column("corrupt", Kind.TOKENS, "The sentence without"),
                        new Column("answer", Kind.TOKENS, ""),
                        new Column("wrong", Kind.TOKENS, ""),
                        new Column("after clean", Kind.SIGNED, "The logit of the answer minus that of the wrong token"),
                        new Column("after corrupt", Kind.SIGNED, "Likewise")),
                rows,
                "Choose a pair to see it in Explore and to keep a patch of it as an edit.",
                "");
    }
}
