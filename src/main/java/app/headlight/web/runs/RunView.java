package app.headlight.web.runs;

import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.Subject;
import app.headlight.web.findings.AnnotateButton;
import app.headlight.web.findings.AnnotatePanel;
import app.headlight.web.findings.HeadBadges;
import app.headlight.web.findings.Offered;
import app.headlight.web.panels.Panel;
import app.headlight.web.panels.PanelTabs;
import app.headlight.web.view.Address;
import app.headlight.web.view.AddressBar;
import app.headlight.web.view.Decoded;
import app.headlight.web.view.LongAddresses;
import app.headlight.web.view.RunAddress;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The page of a run of another model: as Explore, with what needs no weights. The address bar is its state. */
@Route(RunAddress.PATH + "/:run")
public class RunView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private final transient RunExplorer explorer;
    private final transient LongAddresses addresses;
    private final transient SignedIn signedIn;
    private final transient AddressBar bar = new AddressBar();
    private final Div notices = new Div();
    private final Div missing = new Div();
    private final Div shown = new Div();
    private final RunHeading heading;
    private final AnnotatePanel annotate;
    private final AnnotateButton annotateButton;
    private final transient List<Panel<ShownRun>> panels;
    private String run = "";
    private String title = "Run";
    private ViewState state = ViewState.FIRST;

    RunView(
            RunExplorer explorer,
            OwnRuns own,
            LongAddresses addresses,
            SignedIn signedIn,
            HeadBadges findings,
            AnnotatePanel annotate) {
        this.explorer = explorer;
        this.addresses = addresses;
        this.signedIn = signedIn;
        this.annotate = annotate;
        annotateButton = annotate.opener();
        addClassName("hl-explore");
        notices.addClassName("hl-notices");
        notices.getElement().setAttribute("role", "status");
        heading = new RunHeading(own);
        RunDesk desk = new RunDesk(this::change, findings, annotateButton);
        Panel<ShownRun> tokens = RunPanels.CATALOGUE.make("tokens", desk);
        Panel<ShownRun> heads = RunPanels.CATALOGUE.make("heads", desk);
        Panel<ShownRun> attention = RunPanels.CATALOGUE.make("attention", desk);
        Panel<ShownRun> inspector = RunPanels.CATALOGUE.make("inspector", desk);
        PanelTabs<ShownRun, RunDesk> tabs = new PanelTabs<>(
                RunPanels.TABS,
                desk,
                run -> run.state().circuit().tab(),
                tab -> change(state -> state.withCircuit(state.circuit().withTab(tab)), List.of()));
        panels = List.of(heading, tokens, heads, attention, inspector, tabs);
        Div middle = new Div(heads.component(), attention.component(), inspector.component());
        middle.addClassName("hl-panels");
        shown.addClassName("hl-run");
        shown.add(heading, tokens.component(), middle, tabs, annotate);
        add(notices, missing, shown);
    }

    @Override
    public String getPageTitle() {
        return "Headlight · " + title;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        bar.entered(event.getLocation());
        run = event.getRouteParameters().get("run").orElse("");
        List<String> gone = new ArrayList<>();
        Map<String, String> given =
                addresses.spelledOut(Address.of(event.getLocation()).parameters(), gone::add);
        Decoded asked = RunAddress.read(given);
        boolean there = show(new Decoded(
                asked.state(),
                Stream.concat(gone.stream(), asked.notices().stream()).toList()));
        if (there && gone.isEmpty() && !given.equals(RunAddress.query(state).written())) {
            bar.replace(address());
        }
    }

    private String address() {
        return addresses.shortened(RunAddress.of(run, state), this::notice);
    }

    private void change(UnaryOperator<ViewState> edit, List<String> said) {
        ViewState before = state;
        boolean there = show(new Decoded(edit.apply(state), said));
        if (there && !state.equals(before)) {
            bar.push(address());
        }
    }

    /** @return whether the run is there */
    private boolean show(Decoded asked) {
        Optional<ShownRun> found = explorer.open(run, asked);
        notices.removeAll();
        missing.removeAll();
        missing.setVisible(found.isEmpty());
        shown.setVisible(found.isPresent());
        if (found.isEmpty()) {
            missing.add(new MissingRun(run, signedIn.isStranger()));
            return false;
        }
        state = found.get().state();
        title = found.get().stored().name();
        found.get().notices().forEach(this::notice);
        panels.forEach(panel -> panel.show(found.get()));
        annotateButton.setSubject("this head");
        annotate.offer(subjects(found.get()), addresses.shortened(RunAddress.of(run, state), trouble -> {}));
        return true;
    }

    private static List<Offered> subjects(ShownRun shown) {
        String path = shown.stored().path();
        List<HeadId> heads = shown.state().heads();
        List<Offered> subjects = new ArrayList<>();
        heads.forEach(head -> subjects.add(Offered.of(Subject.ofHead(path, head))));
        if (heads.size() == 2) {
            subjects.add(Offered.of(Subject.ofPair(path, heads.getFirst(), heads.getLast())));
        }
        subjects.add(Offered.of(Subject.ofModel(path)));
        return subjects;
    }

    private void notice(String text) {
        NativeButton dismiss = new NativeButton("✕");
        dismiss.setAriaLabel("Dismiss");
        Div notice = new Div(new Span(text), dismiss);
        notice.addClassName("hl-notice");
        dismiss.addClickListener(event -> notices.remove(notice));
        notices.add(notice);
    }
}
