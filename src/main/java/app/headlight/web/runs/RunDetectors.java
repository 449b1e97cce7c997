package app.headlight.web.runs;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.HeadLabel;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.HeadTable;
import app.headlight.web.explore.shown.Selection;
import app.headlight.web.panels.Panel;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Which heads of a run attend to the places that known kinds of heads attend to, on the tokens of this run. */
class RunDetectors extends Div implements Panel<ShownRun> {

    private static final List<HeadTable.Column> COLUMNS = List.of(
            new HeadTable.Column("previous token", false),
            new HeadTable.Column("duplicate token", false),
            new HeadTable.Column("induction", false),
            new HeadTable.Column("first token", false));

    private final Paragraph words = new Paragraph();
    private final HeadTable table = new HeadTable();

    RunDetectors(RunDesk desk) {
        addClassNames("hl-tab", "hl-tab-picked");
        words.addClassName("hl-muted");
        words.setId("detectors-in-words");
        table.setId("detectors");
        table.addHeadSelectListener(event ->
                desk.change().to(state -> Selection.head(state, HeadId.parse(event.head()), false)));
        add(words, table);
    }

    @Override
    public void show(ShownRun shown) {
        words.setText(words(shown));
        table.show(
                shown.key(),
                () -> new HeadTable.Scores(shown.stored().name() + " detectors", COLUMNS, rows(shown.scores())));
        table.select(shown.head().toString());
    }

    private static List<HeadTable.Row> rows(Map<HeadId, DetectorScores> scores) {
        return scores.entrySet().stream()
                .map(head -> new HeadTable.Row(
                        head.getKey().toString(),
                        new double[] {
                            head.getValue().previous(),
                            head.getValue().duplicate(),
                            head.getValue().induction(),
                            head.getValue().first()
                        },
                        HeadLabel.of(head.getValue())
                                .filter(HeadLabel::isStrong)
                                .map(label -> label.kind().mark())
                                .orElse(null)))
                .toList();
    }

    /** On how many tokens the scores stand, for a mean over few says little. */
    private static String words(ShownRun shown) {
        int[] ids = shown.run().ids();
        long returning = 0;
        for (int t = 1; t < ids.length; t++) {
            int token = ids[t];
            returning += Arrays.stream(ids, 0, t).anyMatch(before -> before == token) ? 1 : 0;
        }
        String first = "Mean attention on the tokens of this run: to the token before and to the first one over "
                + (ids.length - 1) + (ids.length == 2 ? " token" : " tokens") + ", ";
        return first
                + (returning == 0
                        ? "and none to duplicates and by induction, since no token comes twice."
                        : "to the same token earlier and to what followed it there over the " + returning
                                + (returning == 1 ? " token that was" : " tokens that were") + " there before.")
                + (returning < 5 ? " Few tokens say little of a head." : "");
    }
}
