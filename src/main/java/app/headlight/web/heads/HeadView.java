package app.headlight.web.heads;

import app.headlight.engine.circuits.HeadFacts;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.findings.Subject;
import app.headlight.services.lab.HeadScores;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.web.findings.AnnotateButton;
import app.headlight.web.findings.AnnotatePanel;
import app.headlight.web.findings.Live;
import app.headlight.web.findings.Offered;
import app.headlight.web.page.LongWork;
import app.headlight.web.page.MissingModel;
import app.headlight.web.page.ModelWarnings;
import app.headlight.web.view.Address;
import app.headlight.web.view.HeadAddress;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page of a head of a finished model. Its address names both, and is all of its state. */
@Route(HeadAddress.ROUTE)
public class HeadView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private final transient ModelLibrary library;
    private final transient HeadScores scores;
    private final transient Laboratory lab;
    private final MissingModel missing = new MissingModel();
    private final ModelWarnings warnings = new ModelWarnings();
    private final Div gone = new Div();
    private final H2 heading = new H2();
    private final Div links = new Div();
    private final AnnotateButton annotate;
    private final Div top;
    private final LongWork work = new LongWork();
    private final HeadNumbers numbers;
    private final HeadWritings writings;
    private final BestPassages passages;
    private final Div columns;
    private final AnnotatePanel panel;
    private String title = "Head";

    HeadView(
            ModelLibrary library,
            HeadScores scores,
            Laboratory lab,
            AnnotatePanel panel,
            HeadWritings writings,
            BestPassages passages,
            Live live) {
        this.library = library;
        this.scores = scores;
        this.lab = lab;
        this.panel = panel;
        this.writings = writings;
        this.passages = passages;
        numbers = new HeadNumbers(panel::claimThis);
        panel.standOn("the page of a head");
        annotate = panel.opener(Subject.Sort.HEAD);
        annotate.setSubject("this head");
        addClassName("hl-head-page");
        gone.addClassNames("hl-panel", "hl-empty");
        gone.setId("no-head");
        links.addClassName("hl-finding-line");
        top = new Div(heading, links, annotate);
        top.addClassName("hl-head-top");
        Div besides = new Div(writings, passages);
        besides.addClassName("hl-head-column");
        columns = new Div(numbers, besides);
        columns.addClassName("hl-head-columns");
        add(missing, gone, top, warnings, work, columns, panel);
        live.keep(this, change -> change.model().equals(writings.model()), writings::show);
    }

    @Override
    public String getPageTitle() {
        return "Headlight · " + title;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String model = event.getRouteParameters().get("model").orElse("");
        String head = event.getRouteParameters().get("head").orElse("");
        title = head + " of " + model;
        Optional<OpenModel> open = library.open(model);
        missing.setVisible(false);
        gone.setVisible(false);
        top.setVisible(false);
        columns.setVisible(false);
        warnings.setVisible(open.isPresent());
        setClassName("hl-missing", open.isEmpty());
        if (open.isEmpty()) {
            missing.show(model, library.models(), other -> HeadAddress.ofAll(other) + Address.escaped(head));
            return;
        }
        try {
            HeadId id = HeadId.parse(head);
            open.get().transformer().head(id);
            show(open.get(), id);
        } catch (Refusal noSuchHead) {
            explain(model, noSuchHead.getMessage());
        }
    }

    private void show(OpenModel model, HeadId head) {
        top.setVisible(true);
        heading.setText(head + " of " + model.name());
        Map<String, String> explore = new LinkedHashMap<>();
        explore.put("model", model.name());
        explore.put("heads", head.toString());
        String view = Address.of("explore", explore).toString();
        links.removeAll();
        links.add(
                new Anchor(view, "See it on a sentence"),
                new Anchor(circuits(model.name(), head, ""), "Its circuits among all heads"));
        warnings.show(model.stored());
        panel.offer(
                List.of(Offered.of(Subject.ofHead(model.name(), head)), Offered.of(Subject.ofModel(model.name()))),
                view);
        writings.show(model.name(), head);
        work.await(
                lab.ask(Measurement.slow(
                        model.ref(),
                        "facts of a head",
                        List.of(head),
                        progress -> HeadFacts.of(model.transformer(), head, progress))),
                "Measuring " + head,
                facts -> {
                    numbers.show(model, head, scores.of(model).get(head), facts);
                    columns.setVisible(true);
                    passages.show(model, head);
                });
    }

    private void explain(String model, String why) {
        gone.removeAll();
        gone.setVisible(true);
        gone.add(
                new H2("No such head"),
                new Paragraph(why.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + why.substring(1) + "."),
                new Anchor(Address.of("circuits", Map.of("model", model)).toString(), "All heads of " + model));
    }

    /** The page of circuits, with a head, and perhaps a composition. */
    static String circuits(String model, HeadId head, String edge) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("model", model);
        parameters.put("head", head.toString());
        if (!edge.isEmpty()) {
            parameters.put("edge", edge);
        }
        return Address.of("circuits", parameters).toString();
    }
}
