package app.headlight.web.runs;

import app.headlight.services.runs.StoredRun;
import app.headlight.web.view.RunAddress;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;

/** The runs of other models that are stored here, and where to add one. */
@Route(RunAddress.PATH)
@PageTitle("Headlight · Runs")
public class RunsView extends Main {

    private final Div list = new Div();
    private final transient OwnRuns own;

    RunsView(OwnRuns own) {
        this.own = own;
        addClassNames("hl-models", "hl-runs");
        list.addClassName("hl-run-list");
        list.setId("runs");
        add(new AddRun(own.runs(), run -> show()), list);
        show();
    }

    private void show() {
        list.removeAll();
        own.runs().all().forEach(run -> list.add(row(run)));
        if (list.getComponentCount() == 0) {
            Paragraph none = new Paragraph("No run is stored here yet.");
            none.addClassName("hl-empty");
            list.add(none);
        }
    }

    private Div row(StoredRun run) {
        Span sizes = new Span(RunWords.sizes(run) + (run.causal() ? "" : ", not causal"));
        sizes.addClassName("hl-muted");
        H2 name = new H2(new Anchor(run.path(), run.name()));
        Div row = new Div(name, sizes);
        row.addClassNames("hl-panel", "hl-run-line");
        row.getElement().setAttribute("data-run", run.id());
        if (own.mayChange(run)) {
            row.add(own.controls(run, this::show));
        }
        return row;
    }
}
