package app.headlight.web.circuits;

import app.headlight.engine.circuits.CompositionGraph.Edge;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.findings.Subject;
import app.headlight.services.measures.Measure;
import app.headlight.web.findings.AnnotateButton;
import app.headlight.web.findings.AnnotatePanel;
import app.headlight.web.findings.Offered;
import app.headlight.web.view.LongAddresses;
import com.vaadin.flow.component.html.NativeButton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The subjects of a finding about what the page shows. */
class Annotating {

    private final AnnotatePanel panel;
    private final AnnotateButton headButton;
    private final AnnotateButton pairButton;
    private final LongAddresses addresses;

    Annotating(AnnotatePanel panel, LongAddresses addresses) {
        this.panel = panel;
        this.addresses = addresses;
        headButton = panel.opener(Subject.Sort.HEAD);
        pairButton = panel.opener(Subject.Sort.PAIR);
    }

    /** The head that the tables are about; in a model without heads, the model. */
    AnnotateButton headButton() {
        return headButton;
    }

    /** The two heads of the chosen edge. */
    AnnotateButton pairButton() {
        return pairButton;
    }

    /** A button beside a number that makes it a claim; empty for those who may not write. */
    Optional<NativeButton> claimThis(Measure measure, double seen) {
        return panel.claimThis(measure, seen);
    }

    void show(Inspection inspection) {
        String model = inspection.model().name();
        Optional<Edge> edge = CompositionPanel.chosen(inspection);
        List<Offered> subjects = new ArrayList<>();
        inspection.chosen().ifPresent(head -> subjects.add(Offered.of(Subject.ofHead(model, head))));
        HeadId writer = edge.map(Edge::writer).orElse(null);
        HeadId reader = edge.map(Edge::reader).orElse(null);
        boolean pair = writer != null && reader != null;
        if (pair) {
            subjects.add(Offered.of(Subject.ofPair(model, writer, reader)));
        }
        int token = inspection.state().token();
        if (token >= 0) {
            subjects.add(
                    new Offered(Subject.ofToken(model, token), "token “" + inspection.label(token) + "” of " + model));
        }
        subjects.add(Offered.of(Subject.ofModel(model)));
        headButton.setSubject(inspection.chosen().map(HeadId::toString).orElse("this model"));
        pairButton.setVisible(pair);
        pairButton.setSubject("this pair of heads");
        panel.offer(subjects, addresses.shortened(inspection.state().address(), trouble -> {}));
    }
}
