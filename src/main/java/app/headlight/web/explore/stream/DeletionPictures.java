package app.headlight.web.explore.stream;

import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.residual.Deletion;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.Term;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.HeadRows;
import app.headlight.web.explore.shown.Selection;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.panels.Panel;
import app.headlight.web.python.StreamPython;
import app.headlight.web.words.Figures;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which heads and MLPs write the opposite of what the stream holds, position by position. */
class DeletionPictures extends Div implements Panel<Exploration> {

    private final Paragraph words = new Paragraph();
    private final Heatmap cosines = new Heatmap();
    private final Heatmap removed = new Heatmap();
    private transient List<StreamWriter> rows = List.of();

    DeletionPictures(StateChange change) {
        addClassNames("hl-tab", "hl-tab-deletion");
        words.addClassName("hl-muted");
        words.setId("deletion-words");
        cosines.setId("deletion-cosine");
        removed.setId("deletion-removed");
        for (Heatmap picture : List.of(cosines, removed)) {
            picture.setTokens("columns");
            picture.addCellSelectListener(event -> {
                HeadId head = rows.get(event.row()).head();
                change.to(state -> Selection.destination(
                        head == null ? state : Selection.head(state, head, false), event.column()));
            });
        }
        add(words, cosines, removed);
    }

    @Override
    public void show(Exploration exploration) {
        Map<StreamWriter, Deletion> writers = exploration.ofRun("deletion", List.of(), Deletion::of);
        rows = List.copyOf(writers.keySet());
        words.removeAll();
        words.add(new Term("deletion", "Deletion"), new Text(": " + words(writers.values())));
        cosines.setVisible(!writers.isEmpty());
        removed.setVisible(!writers.isEmpty());
        if (writers.isEmpty()) {
            return;
        }
        cosines.show(
                exploration.sentenceKey(),
                () -> cells(
                        exploration,
                        writers.values(),
                        "Cosine of what is written with what is there",
                        "cosine",
                        Deletion::cosines));
        removed.show(
                exploration.sentenceKey(),
                () -> cells(
                        exploration,
                        writers.values(),
                        "Share of the stream's length that it removes",
                        "share",
                        Deletion::removed));
        Heatmap.Axis down =
                Heatmap.Axis.of("writer", rows.stream().map(StreamWriter::name).toList());
        Heatmap.Axis across =
                Heatmap.Axis.sentence("destination", exploration.prompt().pieces());
        cosines.setPython(exploration.python(run -> StreamPython.deletion(run, true, down, across, "cosine")));
        removed.setPython(exploration.python(run -> StreamPython.deletion(run, false, down, across, "share")));
        int row = exploration.headId().map(StreamWriter::of).map(rows::indexOf).orElse(-1);
        cosines.select(row, exploration.state().destination());
        removed.select(row, exploration.state().destination());
    }

    private static String words(Collection<Deletion> writers) {
        if (writers.isEmpty()) {
            return "This model has no heads: nothing is written to its stream after the embedding, and so nothing is deleted.";
        }
        Deletion most = writers.stream()
                .min(Comparator.comparingDouble(Deletion::meanCosine))
                .orElseThrow();
        return String.format(
                most.meanCosine() < 0
                        ? "%s deletes most: over this sentence what it writes has a mean cosine of %s with the stream that it"
                                + " reads. −1 would be the opposite of all that is there, 1 more of the same."
                        : "Nothing deletes on the whole. %s comes closest, with a mean cosine of %s with the stream that it"
                                + " reads.",
                most.writer(),
                Figures.fixed(most.meanCosine(), 4));
    }

    private static Heatmap.Cells cells(
            Exploration exploration,
            Collection<Deletion> writers,
            String title,
            String unit,
            Function<Deletion, double[]> figures) {
        return new Heatmap.Cells(
                exploration.model().name() + " " + title,
                title,
                Heatmap.Axis.of(
                        "writer",
                        writers.stream().map(each -> each.writer().name()).toList()),
                Heatmap.Axis.sentence("destination", exploration.prompt().pieces()),
                HeadRows.base64(writers.stream().map(figures).toList()),
                "diverging",
                unit);
    }
}
