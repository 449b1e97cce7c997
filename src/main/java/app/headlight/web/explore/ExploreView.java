package app.headlight.web.explore;

import app.headlight.services.models.Trainings;
import app.headlight.web.explore.bar.SentenceBar;
import app.headlight.web.explore.bar.TrainingPanel;
import app.headlight.web.explore.shown.Annotating;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ExploreDesk;
import app.headlight.web.findings.AnnotatePanel;
import app.headlight.web.findings.HeadBadges;
import app.headlight.web.page.MissingModel;
import app.headlight.web.page.ModelWarnings;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.Address;
import app.headlight.web.view.AddressBar;
import app.headlight.web.view.Decoded;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.LongAddresses;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The front page: one model on one sentence. The address bar is its state. */
@Route("explore")
@RouteAlias("")
@PageTitle("Headlight · Explore")
@Menu(title = "Explore", order = 1)
public class ExploreView extends Main implements BeforeEnterObserver {

    private static final String PATH = "explore";

    private final transient Explorer explorer;
    private final ModelWarnings warnings = new ModelWarnings();
    private final transient LongAddresses addresses;
    private final transient AddressBar bar = new AddressBar();
    private final Div notices = new Div();
    private final MissingModel missing = new MissingModel();
    private final transient Annotating annotating;
    private final transient List<Panel<Exploration>> panels;
    private ViewState state = ViewState.FIRST;

    ExploreView(
            Explorer explorer,
            Trainings trainings,
            LongAddresses addresses,
            HeadBadges findings,
            AnnotatePanel annotate) {
        this.explorer = explorer;
        this.addresses = addresses;
        addClassName("hl-explore");
        notices.addClassName("hl-notices");
        notices.getElement().setAttribute("role", "status");
        SentenceBar sentence = new SentenceBar(explorer.models(), this::change);
        annotating = new Annotating(annotate, addresses);
        ExploreDesk desk = new ExploreDesk(this::change, findings, annotating);
        Panel<Exploration> tokens = ExplorePanels.CATALOGUE.make("tokens", desk);
        Panel<Exploration> edits = ExplorePanels.CATALOGUE.make("edits", desk);
        TrainingPanel training = new TrainingPanel(trainings, this::change);
        Panel<Exploration> heads = ExplorePanels.CATALOGUE.make("heads", desk);
        Panel<Exploration> attention = ExplorePanels.CATALOGUE.make("attention", desk);
        Panel<Exploration> inspector = ExplorePanels.CATALOGUE.make("inspector", desk);
        CircuitTabs circuits = new CircuitTabs(desk);
        panels = List.of(sentence, tokens, edits, training, heads, attention, inspector, circuits);
        Div middle = new Div(heads.component(), attention.component(), inspector.component());
        middle.addClassName("hl-panels");
        add(
                missing,
                sentence,
                warnings,
                notices,
                tokens.component(),
                edits.component(),
                training,
                middle,
                circuits,
                annotate);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        bar.entered(event.getLocation());
        List<String> gone = new ArrayList<>();
        Map<String, String> given =
                addresses.spelledOut(Address.of(event.getLocation()).parameters(), gone::add);
        Decoded asked = ExploreAddress.read(given);
        boolean shown = show(new Decoded(
                asked.state(),
                Stream.concat(gone.stream(), asked.notices().stream()).toList()));
        if (!shown || !gone.isEmpty()) {
            return;
        }
        String asIs = event.getLocation().getPathWithQueryParameters();
        String address = addresses.shortened(ExploreAddress.of(state), this::notice);
        if (!event.getLocation().getPath().equals(PATH)
                || !given.equals(ExploreAddress.query(state).written())
                || address.length() < asIs.length() / 2) {
            bar.replace(address);
        }
    }

    private void change(UnaryOperator<ViewState> edit, List<String> said) {
        ViewState before = state;
        show(new Decoded(edit.apply(state).withPresentWeights(), said));
        if (!state.equals(before)) {
            bar.push(addresses.shortened(ExploreAddress.of(state), this::notice));
        }
    }

    /** @return whether the model that is asked for is stored */
    private boolean show(Decoded asked) {
        Optional<Exploration> exploration = explorer.open(asked);
        notices.removeAll();
        missing.setVisible(false);
        setClassName("hl-missing", exploration.isEmpty());
        if (exploration.isEmpty()) {
            missing.show(asked.state().model(), explorer.models(), model -> ExploreAddress.of(model, -1));
            return false;
        }
        state = exploration.get().state();
        warnings.show(exploration.get().model().stored());
        exploration.get().notices().forEach(this::notice);
        panels.forEach(panel -> panel.show(exploration.get()));
        annotating.show(exploration.get());
        return true;
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
