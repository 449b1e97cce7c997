package app.headlight.web.runs;

import app.headlight.services.runs.StoredRun;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.RunAddress;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** What a run is, what its reader must know, and what its owner may do with it. */
class RunHeading extends Div implements Panel<ShownRun> {

    private final transient OwnRuns own;
    private transient List<Object> drawn = List.of();

    RunHeading(OwnRuns own) {
        this.own = own;
        addClassName("hl-run-heading");
    }

    @Override
    public void show(ShownRun shown) {
        StoredRun run = shown.stored();
        List<Object> key = List.of(run);
        if (key.equals(drawn)) {
            return; // its controls may be in use
        }
        drawn = key;
        removeAll();
        Span sizes = new Span(RunWords.sizes(run));
        sizes.addClassName("hl-muted");
        Div line = new Div(new H2(run.name()), sizes, new Anchor(RunAddress.PATH, "All runs"), own.download(run));
        line.addClassName("hl-run-line");
        add(line);
        if (own.mayChange(run)) {
            line.add(own.controls(run, () -> UI.getCurrent().navigate(RunAddress.PATH)));
        }
        RunWords.warnings(shown).forEach(warning -> {
            Paragraph words = new Paragraph(warning);
            words.addClassName("hl-notice");
            add(words);
        });
        if (!run.unused().isEmpty()) {
            Paragraph unused = new Paragraph(RunWords.unused(run));
            unused.addClassName("hl-muted");
            add(unused);
        }
    }
}
