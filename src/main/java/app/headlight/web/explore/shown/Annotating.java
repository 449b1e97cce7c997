package app.headlight.web.explore.shown;

import app.headlight.engine.transformer.HeadId;
import app.headlight.services.findings.Subject;
import app.headlight.services.measures.Measure;
import app.headlight.web.findings.AnnotateButton;
import app.headlight.web.findings.AnnotatePanel;
import app.headlight.web.findings.Offered;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.LongAddresses;
import com.vaadin.flow.component.html.NativeButton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The subjects of a finding about what Explore shows. */
public class Annotating {

    private final AnnotatePanel panel;
    private final AnnotateButton button;
    private final LongAddresses addresses;

    public Annotating(AnnotatePanel panel, LongAddresses addresses) {
        this.panel = panel;
        this.addresses = addresses;
        button = panel.opener();
    }

    /** Stands where the head is described. */
    public AnnotateButton button() {
        return button;
    }

    /** A button beside a number that makes it a claim; empty for those who may not write. */
    public Optional<NativeButton> claimThis(Measure measure, double seen) {
        return panel.claimThis(measure, seen);
    }

    public void show(Exploration exploration) {
        List<Offered> subjects = subjects(exploration);
        button.setSubject(
                switch (subjects.getFirst().subject().sort()) {
                    case HEAD -> "this head";
                    case PAIR -> "this pair of heads";
                    case TOKEN -> "this token";
                    case MODEL -> "this model";
                });
        panel.offer(subjects, addresses.shortened(ExploreAddress.of(exploration.state()), trouble -> {}));
    }

    private static List<Offered> subjects(Exploration exploration) {
        String model = exploration.model().name();
        List<Offered> subjects = new ArrayList<>();
        List<HeadId> virtual = exploration.state().virtual();
        List<HeadId> heads = virtual.isEmpty() ? exploration.state().heads() : virtual;
        if (virtual.size() == 2) {
            subjects.add(Offered.of(Subject.ofPair(model, virtual.getFirst(), virtual.getLast())));
        }
        heads.forEach(head -> subjects.add(Offered.of(Subject.ofHead(model, head))));
        if (virtual.isEmpty() && heads.size() == 2) {
            subjects.add(Offered.of(Subject.ofPair(model, heads.getFirst(), heads.getLast())));
        }
        if (exploration.hasDestination()) {
            subjects.add(token(exploration, exploration.state().destination()));
        }
        if (exploration.hasLine()
                && exploration.state().source() != exploration.state().destination()) {
            subjects.add(token(exploration, exploration.state().source()));
        }
        subjects.add(Offered.of(Subject.ofModel(model)));
        return subjects.stream().distinct().toList();
    }

    private static Offered token(Exploration exploration, int position) {
        int token = exploration.prompt().tokens()[position];
        return new Offered(
                Subject.ofToken(exploration.model().name(), token),
                "token “" + exploration.label(position) + "” of "
                        + exploration.model().name());
    }
}
